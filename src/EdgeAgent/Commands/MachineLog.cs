using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web;

namespace EdgeAgent.Commands;

/// <summary>Writes into the audit log of the pages what somebody did past them, on the machine itself.</summary>
/// <remarks>Whoever makes an account or a token there can act by it, so an assessor has to be able to see it as he sees what was done on the pages.</remarks>
internal static class MachineLog
{
    /// <exception cref="IOException">The log cannot be written, or its chain is broken.</exception>
    public static void Note(CommandContext context, AppConfig config, string what, params ReadOnlySpan<(string Name, string Value)> facts) =>
        new AuditLog(WebDirectory.AuditLogOf(config), context.Time).Append($"{Environment.UserName} (on the machine)", what, [.. facts, ("via", "command")]);
}
