using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.Hj212;

/// <summary>Compiles endpoints of data loggers; one instance for each way on which they send.</summary>
public sealed class Hj212DriverFactory : IDriverFactory
{
    public static Hj212DriverFactory Listen { get; } = new("hj212-listen", Hj212Route.Listen);

    public static Hj212DriverFactory Tcp { get; } = new("hj212-tcp", Hj212Route.Tcp);

    public static Hj212DriverFactory Serial { get; } = new("hj212-serial", Hj212Route.Serial);

    private readonly Hj212Route _route;

    private Hj212DriverFactory(string name, Hj212Route route) => (Name, _route) = (name, route);

    public string Name { get; }

    public JsonTypeInfo EndpointSettings => Hj212SettingsJson.Default.Hj212EndpointSettings;

    public JsonTypeInfo DeviceSettings => Hj212SettingsJson.Default.Hj212DeviceSettings;

    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors) =>
        new Hj212Compiler(Name, _route, errors).Compile(endpoint, path);
}

/// <summary>The ways on which loggers send.</summary>
internal enum Hj212Route
{
    Listen,
    Tcp,
    Serial,
}
