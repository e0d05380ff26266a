using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>Compiles endpoints of devices with frames of their own form; one instance for each way on which they come.</summary>
public sealed class FramesDriverFactory : IDriverFactory
{
    public static FramesDriverFactory Tcp { get; } = new("frames-tcp", FramesRoute.Tcp);

    public static FramesDriverFactory Listen { get; } = new("frames-listen", FramesRoute.Listen);

    public static FramesDriverFactory Serial { get; } = new("frames-serial", FramesRoute.Serial);

    private readonly FramesRoute _route;

    private FramesDriverFactory(string name, FramesRoute route) => (Name, _route) = (name, route);

    public string Name { get; }

    public JsonTypeInfo EndpointSettings => FramesSettingsJson.Default.FramesEndpointSettings;

    public JsonTypeInfo DeviceSettings => FramesSettingsJson.Default.FramesDeviceSettings;

    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors) =>
        new FramesCompiler(Name, _route, errors).Compile(endpoint, path);
}

/// <summary>The ways on which frames come.</summary>
internal enum FramesRoute
{
    Tcp,
    Listen,
    Serial,
}
