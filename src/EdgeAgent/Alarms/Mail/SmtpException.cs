namespace EdgeAgent.Alarms.Mail;

/// <summary>A mail server did not take a message; the text has its own words.</summary>
internal sealed class SmtpException(string message) : Exception(message);
