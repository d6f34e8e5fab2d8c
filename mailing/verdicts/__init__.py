"""What a mail server's answer or report says: whose fault it was, and whether it is final. Knows no row of ours."""
