using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Web;

/// <summary>Name of the enterprise as its ledger gives it, looked up as seldom as a name changes.</summary>
internal sealed class EnterpriseName(AppConfig config, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private string _name = "";
    private long? _at;

    /// <returns>Empty on a gateway, and without a ledger that can be read.</returns>
    public string Read()
    {
        lock (_gate)
        {
            if (config.Hub is { } hub && (_at is not { } at || time.GetElapsedTime(at) > LookEvery))
            {
                _at = time.GetTimestamp();
                _name = Look(hub);
            }

            return _name;
        }
    }

    private string Look(HubConfig hub)
    {
        try
        {
            return new HubFiles("the configuration", config.Site, hub, time).LoadLedger(time.GetUtcNow()).Profile?.Name ?? "";
        }
        catch (Exception problem) when (problem is CommandFailure or IOException or InvalidDataException)
        {
            return ""; // The pages that need the ledger say what is wrong with it.
        }
    }
}
