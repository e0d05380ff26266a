namespace EdgeAgent.Protocols.Serial;

/// <summary>A line could not be opened. The message is for the person in the workshop: which line, what happened, what to try.</summary>
public sealed class LineOpenException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>A line that was open is no more: the adapter was pulled, the server closed the connection, or we closed the line.</summary>
public sealed class LineBrokenException(string message, Exception? inner = null) : IOException(message, inner);
