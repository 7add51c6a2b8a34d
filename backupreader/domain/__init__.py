"""What is true of citizens, medicine, visits and time, with no file, screen or database in sight."""
