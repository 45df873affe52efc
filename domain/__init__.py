"""What peer support work is and how it is counted: values in, values out, no clock and no I/O."""
