using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>Where the readings of each device of an endpoint come from, in a form that results can carry without a copy each.</summary>
internal sealed class PushProvenance
{
    private readonly IPushedEndpoint _endpoint;
    private readonly Provenance _configured;
    private PushedReadings _live;
    private PushedReadings _backFilled;

    public PushProvenance(IPushedEndpoint endpoint, Provenance configured, int devices)
    {
        _endpoint = endpoint;
        _configured = configured;
        var byDevice = new Provenance[devices];
        for (int device = 0; device < devices; device++)
        {
            byDevice[device] = Ask(device);
        }

        (_live, _backFilled) = (new PushedReadings(byDevice, false), new PushedReadings(byDevice, true));
    }

    public Provenance Of(int device) => _live.Provenances[device];

    public PushedReadings For(bool backFilled) => backFilled ? _backFilled : _live;

    /// <summary>Asks the endpoint anew, because whether a device is a simulator shows only when it has answered.</summary>
    public Provenance Refresh(int device)
    {
        Provenance now = Ask(device);
        if (now != _live.Provenances[device])
        {
            // Results on their way still hold the arrays of before.
            Provenance[] byDevice = [.. _live.Provenances];
            byDevice[device] = now;
            (_live, _backFilled) = (new PushedReadings(byDevice, false), new PushedReadings(byDevice, true));
        }

        return now;
    }

    private Provenance Ask(int device) => _endpoint.IsSimulated(device) ? Provenance.Simulated : _configured;
}
