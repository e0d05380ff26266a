using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers;

/// <summary>Knows one driver's settings and compiles endpoints of it. Adding a driver is a folder with one of these and a line in <see cref="DriverRegistry"/>.</summary>
public interface IDriverFactory
{
    /// <summary>The name in the configuration, for instance <c>modbus-tcp</c>.</summary>
    string Name { get; }

    /// <summary>The record behind an endpoint's <c>settings</c>, for the schema.</summary>
    JsonTypeInfo EndpointSettings { get; }

    /// <summary>The record behind a device's <c>settings</c>, for the schema.</summary>
    JsonTypeInfo DeviceSettings { get; }

    /// <summary>Checks everything that can be checked without a device, reporting every error, and compiles.</summary>
    /// <param name="path">Where the endpoint is in the configuration.</param>
    /// <returns>Null when there was an error.</returns>
    IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors);
}
