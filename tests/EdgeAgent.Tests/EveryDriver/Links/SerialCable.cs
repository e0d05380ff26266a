using EdgeAgent.Protocols.Serial;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.EveryDriver.Links;

/// <summary>A cable between two serial ports, which is socat between two pseudo terminals. Plugged again, it is another terminal under the same path.</summary>
internal sealed class SerialCable(TempDirectory directory, string name) : Link
{
    private readonly string _agents = directory.File(name + "-agent");
    private readonly string _devices = directory.File(name + "-device");
    private PartnerProcess _socat = null!;
    private ILine _line = null!;

    public override string Settings => $"\"serial\":{{\"port\":\"{_agents}\",\"baudRate\":115200}}";

    protected override async Task OpenAsync()
    {
        _socat = PartnerProcess.Start("socat", [$"pty,raw,echo=0,link={_agents}", $"pty,raw,echo=0,link={_devices}"]);
        await Eventually.TrueAsync(() => File.Exists(_agents) && File.Exists(_devices), "both ends of the cable are there");
        _line = await new SystemLines(TimeProvider.System).OpenAsync(new SerialPlace(_devices, new SerialSettings { BaudRate = 115_200 }), CancellationToken.None);
    }

    protected override Task ServeAsync(CancellationToken gone) => ConverseAsync(
        (buffer, stop) => _line.ReceiveAsync(buffer, Timeout.InfiniteTimeSpan, stop),
        async (bytes, stop) => await _line.SendAsync(bytes, TimeSpan.Zero, stop),
        gone);

    protected override async Task CloseAsync()
    {
        await _socat.DisposeAsync();
        File.Delete(_agents);
        File.Delete(_devices);
        _line.Dispose();
    }
}
