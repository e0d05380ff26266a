using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>A checked endpoint of devices that publish, ready to be opened.</summary>
internal sealed record MqttInPlan(
    string Name,
    MqttInEndpointSettings Settings,
    MqttClientOptions Client,
    IReadOnlyList<MqttInSource> Sources,
    IReadOnlyList<MqttInDevice> MqttDevices,
    IReadOnlyList<DevicePlan> Devices) : IPushedEndpointPlan
{
    /// <summary>A broker gives the present values of what is retained and born anew, so nothing is worth taking over from before.</summary>
    public IPushedEndpoint Open(EndpointServices services, IPushedEndpoint? previous) =>
        new MqttInEndpoint(this, services, services.Loggers.CreateLogger("EdgeAgent.Endpoint." + Name));
}
