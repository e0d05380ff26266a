using System.Globalization;
using System.Text.Json;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Live;

/// <summary>A thousand devices that the program really reads, stores and tells of, with tiles that change sixty times a second. It prints what that costs;
/// whether the page keeps up is asserted where a stream of the test's own feeds it.</summary>
public sealed class ThousandRealDevicesTests(ITestOutputHelper output)
{
    private const int Lines = 10;
    private const int DevicesOfLine = 100;
    private const int PeriodMs = 15_000;
    private const int Windows = 2;
    private const int SecondsOfWindow = 8;

    private const string Watch =
        """
        (() => {
          window.updates = 0
          window.longTasks = []
          new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.longTasks.push(entry.duration))).observe({ type: 'longtask' })
          const Source = window.EventSource
          window.EventSource = class extends Source {
            constructor(url) {
              super(url)
              this.addEventListener('devices', (event) => (window.updates += JSON.parse(event.data).items.length))
            }
          }
        })()
        """;

    [PartnerFact("chromium")]
    public async Task Their_tiles_follow_the_live_stream_and_the_cost_is_told()
    {
        List<ModbusTcpServer> servers = [.. Enumerable.Range(0, Lines).Select(_ => NewLine())];
        try
        {
            await using UiPlant plant = await UiPlant.StartAsync((web, directory) => Configuration(web, [.. servers.Select(s => s.Port)]), accounts: false);
            await plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
            {
                await page.AddInitScriptAsync(Watch);
                await page.GotoAsync("/devices");
                await Expect(page.Locator("[data-filter=online] b")).ToHaveTextAsync((Lines * DevicesOfLine).ToString(CultureInfo.InvariantCulture), new() { Timeout = 180_000 });
                Assert.InRange(await page.Locator("[data-device]").CountAsync(), 20, 250);
                for (int window = 0; window < Windows; window++)
                {
                    double cpuBefore = CpuSeconds(plant.Process.Id);
                    JsonElement seen = await page.EvaluateAsync<JsonElement>(
                        """
                        (seconds) => new Promise((done) => {
                          window.longTasks.length = 0
                          const [before, began] = [window.updates, performance.now()]
                          setTimeout(() => done({ updates: window.updates - before, seconds: (performance.now() - began) / 1000, longTasks: [...window.longTasks] }), seconds * 1000)
                        })
                        """,
                        SecondsOfWindow);
                    double seconds = seen.GetProperty("seconds").GetDouble();
                    double cpu = CpuSeconds(plant.Process.Id) - cpuBefore;
                    double[] longTasks = [.. seen.GetProperty("longTasks").EnumerateArray().Select(d => d.GetDouble()).OrderDescending()];
                    int tasks = (int)(seconds * 4);
                    output.WriteLine(
                        $"{seen.GetProperty("updates").GetInt32() / seconds:0} tiles/s; {longTasks.Length} tasks of the page above 50 ms"
                        + $"{(longTasks.Length == 0 ? "" : $", the longest {longTasks[0]:0} ms, 95 % of {tasks} within {(longTasks.Length > tasks / 20 ? longTasks[tasks / 20] : 50):0} ms")}; "
                        + $"program {cpu / seconds * 100:0.0} % of a core");
                    Assert.True(seen.GetProperty("updates").GetInt32() > 0, "tiles change");
                }
            });
        }
        finally
        {
            foreach (ModbusTcpServer server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private static ModbusTcpServer NewLine()
    {
        ModbusTcpServer server = new(new ModbusServerOptions(), TimeProvider.System);
        for (byte unit = 1; unit <= DevicesOfLine; unit++)
        {
            server.Units[unit] = new FlippingUnit();
        }

        server.Start();
        return server;
    }

    private static string Configuration(int web, int[] ports)
    {
        int broker = FreePort.Tcp();
        return JsonSerializer.Serialize(new
        {
            site = "north-works",
            agent = new
            {
                id = "gw-01", dataDirectory = "agent", publishers = new[] { new { name = "hub", brokers = new[] { $"mqtt://127.0.0.1:{broker}" } } },
                scanClasses = new { slow = new { intervalMs = PeriodMs } },
                endpoints = ports.Select((port, line) => new
                {
                    name = $"line-{line}", driver = "modbus-tcp", settings = new { host = "127.0.0.1", port },
                    devices = Enumerable.Range(1, DevicesOfLine).Select(unit => new
                    {
                        name = $"machine-{line}-{unit:000}", settings = new { unitId = unit },
                        tags = new object[] { new { name = "count", address = "hr:0", type = "uint16", scan = "slow" }, new { name = "flips", address = $"hr:{FlippingUnit.FlippingAddress}", type = "uint16", scan = "slow" } },
                    }),
                }),
            },
            broker = new { listen = $"127.0.0.1:{broker}" },
            hub = new { dataDirectory = "hub", store = new { kind = "sqlite", path = "hub/store" }, broker = new { brokers = new[] { $"mqtt://127.0.0.1:{broker}" } } },
            web = new { listen = $"127.0.0.1:{web}", anonymous = "state" },
        });
    }

    /// <summary>What a process has used of all cores, as Linux counts it in hundredths of a second.</summary>
    private static double CpuSeconds(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / 100;
    }
}
