namespace EdgeAgent.Commands;

/// <summary>A verb cannot go on, for a reason that the person at the keyboard can act on; printed without a stack trace.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="message">What happened and, on further lines, what to try.</param>
internal sealed class CommandFailure(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode => exitCode;

    public static CommandFailure BadUsage(string message) => new(ExitCodes.BadUsage, message);

    public static CommandFailure Failed(string message, Exception? inner = null) => new(ExitCodes.Failed, message, inner);
}
