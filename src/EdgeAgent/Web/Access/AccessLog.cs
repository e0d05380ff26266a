using System.Globalization;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Access;

/// <summary>Writes down who asked what and what was refused.</summary>
/// <remarks>Questions without a valid credential are written at most once a minute for each address, with how many came since: anybody can
/// send those, and a log that anybody can fill is no log.</remarks>
internal sealed class AccessLog(AuditLog log, TimeProvider time)
{
    private const int AddressesMax = 1000;
    private static readonly TimeSpan StrangersEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long At, int Since)> _strangers = new(StringComparer.Ordinal);

    public byte[] ReadAll() => log.ReadAll();

    /// <returns>False when the log cannot be written: then nothing may be shown.</returns>
    public bool TryNote(HttpContext context, Caller caller, int status, string what)
    {
        string from = ClientAddress.Of(context).ToString();
        int count = 1;
        if (caller.Kind == CallerKind.Anonymous && status is StatusCodes.Status401Unauthorized or StatusCodes.Status429TooManyRequests && !IsDue(from, out count))
        {
            return true;
        }

        return TryAppend(
            caller.Who,
            what,
            ("method", context.Request.Method), ("path", context.Request.Path.ToString()), ("query", LoggedQuery.WithoutSecrets(context.Request.QueryString.ToString())),
            ("role", caller.Role?.ToString() ?? ""), ("status", status.ToString(CultureInfo.InvariantCulture)), ("from", from),
            ("count", count.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Writes down what somebody did, in the words of the handler that did it for him.</summary>
    /// <exception cref="ApiProblem">The log cannot be written.</exception>
    public void Note(HttpContext context, string who, string what, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        if (!TryAppend(who, what, [.. facts, ("from", ClientAddress.Of(context).ToString())]))
        {
            throw Unwritable();
        }
    }

    /// <summary>What is answered instead when the log cannot be written.</summary>
    public static ApiProblem Unwritable() => ApiProblem.Unavailable(new(
        "审计日志无法写入，因此不显示任何内容。请让负责运行的人检查磁盘。",
        "The audit log cannot be written, so nothing is shown. Ask whoever runs the program to look at its disk."));

    private bool TryAppend(string who, string what, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        try
        {
            log.Append(who, what, facts);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool IsDue(string from, out int count)
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            if (_strangers.TryGetValue(from, out (long At, int Since) last) && time.GetElapsedTime(last.At, now) < StrangersEvery)
            {
                _strangers[from] = (last.At, last.Since + 1);
                count = 0;
                return false;
            }

            if (_strangers.Count >= AddressesMax)
            {
                _strangers.Clear();
            }

            count = last.Since + 1;
            _strangers[from] = (now, 0);
            return true;
        }
    }
}
