using System.Net;
using System.Text.Json;
using EdgeAgent.Commands;
using EdgeAgent.Commands.Scan;
using EdgeAgent.Protocols.Serial;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Engineering;

/// <summary>A search for devices that a person started.</summary>
internal sealed class ScanJob(string target) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string Target => target;

    public CancellationToken Stop => _stop.Token;

    public volatile string Progress = "";
    public volatile string State = "running";
    public volatile string? Problem;
    public volatile IReadOnlyList<FoundDevice> Found = [];
    public volatile IReadOnlyList<string> Notes = [];

    /// <summary>What is asked, and by which numbers.</summary>
    public IReadOnlyList<AskedPort> Asked { get; set; } = [];

    public void Cancel() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();
}

/// <summary>Runs searches one at a time, and keeps the last ones for whoever asks how they went.</summary>
internal sealed class ScanJobs(PlacesInUse places, TimeProvider time, CancellationToken stopping)
{
    private const int KeptMax = 10;

    private readonly Lock _gate = new();
    private readonly List<ScanJob> _jobs = [];

    public ScanJob Find(string id)
    {
        lock (_gate)
        {
            return _jobs.Find(j => j.Id == id) ?? throw ApiProblem.NotFound(new($"没有扫描任务 {id}。", $"There is no scan {id}."));
        }
    }

    /// <exception cref="ApiProblem">Another search is running, or the wish makes no sense.</exception>
    public ScanJob Start(ScanRequestBody wish)
    {
        ScanJob job = new(wish.Target);
        Func<Task<IReadOnlyList<FoundDevice>>> work = WorkOf(wish, job);
        lock (_gate)
        {
            if (_jobs.Find(static j => j.State == "running") is { } running)
            {
                throw ApiProblem.Conflict(new($"正在扫描 {running.Target}，请等待其结束或先取消。", $"{running.Target} is being scanned. Wait for it, or cancel it."));
            }

            _jobs.Add(job);
            if (_jobs.Count > KeptMax)
            {
                _jobs.RemoveAt(0);
            }
        }

        IDisposable turn = places.Take(wish.Target);
        _ = Task.Run(() => RunAsync(job, work, turn), CancellationToken.None);
        return job;
    }

    private static async Task RunAsync(ScanJob job, Func<Task<IReadOnlyList<FoundDevice>>> work, IDisposable turn)
    {
        using (turn)
        {
            try
            {
                job.Found = await work();
                job.State = "done";
            }
            catch (OperationCanceledException)
            {
                job.State = "cancelled";
            }
            catch (Exception problem)
            {
                job.Problem = problem.Message;
                job.State = "failed";
            }
        }
    }

    private Func<Task<IReadOnlyList<FoundDevice>>> WorkOf(ScanRequestBody wish, ScanJob job)
    {
        CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(job.Stop, stopping);
        int units = wish.Units ?? 32, rate = wish.Rate ?? 50;
        if (wish.AskUnits?.Any(static unit => unit is < 0 or > 255) == true || wish.AskUnits?.Count is 0 or > 16)
        {
            throw ApiProblem.BadRequest(new("询问的站号应为 0 到 255，最多 16 个。", "The units to ask are 0 to 255, at most 16 of them."));
        }

        if (units is < 1 or > 247 || rate is < 1 or > 1000 || wish.TimeoutMs is < 10 or > 10_000 || wish.Port is < 1 or > 65_535)
        {
            throw ApiProblem.BadRequest(new(
                "站号应为 1 到 247，每秒连接数 1 到 1000，超时 10 到 10000 毫秒，端口 1 到 65535。",
                "Units are 1 to 247, connections a second 1 to 1000, the timeout 10 to 10000 ms, the port 1 to 65535."));
        }

        switch (wish.Kind)
        {
            case "units" when Uri.CheckHostName(wish.Target) is not (UriHostNameType.Unknown or UriHostNameType.Basic):
                job.Asked = [new AskedPort("modbus-tcp", wish.Port ?? 502, [units, .. UnitScan.OfLoneDevices])];
                return () => new UnitScan(wish.Target, wish.Port ?? 502, units, wish.TimeoutMs ?? 300, time, text => job.Progress = text).RunAsync(stop.Token);
            case "network" when AddressRange.Parse(wish.Target) is { } addresses:
                NetworkScan scan = new(addresses, rate, wish.TimeoutMs ?? 500, time, text => job.Progress = text)
                {
                    Ports = wish.Port is { } port ? new Dictionary<string, int> { ["modbus"] = port } : null,
                    Units = wish.AskUnits ?? NetworkScan.UnitsUsual,
                };
                job.Asked = scan.Asked;
                return () => scan.RunAsync(stop.Token);
            case "line" when wish.Target.StartsWith("/dev/", StringComparison.Ordinal) && !wish.Target.Contains("..", StringComparison.Ordinal):
                IReadOnlyList<SerialSettings> settings = wish.Baud is { Count: > 0 } baud ? [.. baud.SelectMany(WithEachParity)] : LineSettingsOrder.All;
                return async () =>
                {
                    LineScan line = new(wish.Target, settings, units, wish.TimeoutMs, time, text => job.Progress = text);
                    IReadOnlyList<FoundDevice> found = await line.RunAsync(stop.Token);
                    job.Notes = [.. line.Garbled.Select(static g => $"{g}: bytes came that make no frame; a near miss of the settings, several meters answering at once, or A and B swapped")];
                    return found;
                };
            default:
                throw ApiProblem.BadRequest(new(
                    "无法识别扫描目标。units 需要主机地址；network 需要 IPv4 地址、范围（192.168.1.10-50）或不大于 /20 的网段；line 需要串口（/dev/ttyUSB0）。",
                    "That is no target. units takes a host; network an IPv4 address, a range such as 192.168.1.10-50 or a network of /20 or smaller; line a serial port such as /dev/ttyUSB0."));
        }
    }

    /// <summary>A search as a page shows it.</summary>
    public static ScanView ViewOf(ScanJob job) => new(job.Id, job.State, job.Target, job.Progress, job.Asked, [.. job.Found.Select(ViewOf)], job.Notes, job.Problem);

    private static FoundView ViewOf(FoundDevice device)
    {
        if (!ScanConfig.IsKnown(device.Driver))
        {
            return new FoundView(device.Driver, device.Place, device.Detail, device.Host, device.Port, null, null);
        }

        using JsonDocument config = JsonDocument.Parse(ScanConfig.Write([device]));
        JsonElement endpoint = config.RootElement.GetProperty("agent").GetProperty("endpoints")[0];
        return new FoundView(device.Driver, device.Place, device.Detail, device.Host, device.Port, endpoint.Clone(), endpoint.GetProperty("devices")[0].Clone());
    }

    private static IEnumerable<SerialSettings> WithEachParity(int baudRate) => baudRate is < 300 or > 921_600
        ? throw ApiProblem.BadRequest(new("波特率应为 300 到 921600。", "Baud rates are 300 to 921600."))
        : new[] { SerialParity.None, SerialParity.Even, SerialParity.Odd }.Select(parity => new SerialSettings { BaudRate = baudRate, Parity = parity });
}
