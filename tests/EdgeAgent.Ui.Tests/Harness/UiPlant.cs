using System.Collections.Concurrent;
using EdgeAgent.TestKit;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>A running program with its pages, an account of each role, and browsers in front of it.</summary>
public sealed class UiPlant : IAsyncDisposable
{
    private readonly TempDirectory _directory;
    private IAsyncDisposable _program;
    private readonly ConcurrentDictionary<UiRole, Task<string>> _states = new();

    private UiPlant(TempDirectory directory, IAsyncDisposable program, string address)
    {
        (_directory, _program) = (directory, program);
        Address = address;
        Accounts = new UiAccounts(address);
    }

    /// <summary>Without a slash at the end.</summary>
    public string Address { get; }

    public PartnerProcess Process => (PartnerProcess)_program;

    public UiAccounts Accounts { get; }

    /// <summary>Files of the plant; its working directory.</summary>
    public string Directory => _directory.Path;

    public string File(params string[] parts) => _directory.File(parts);

    /// <summary>The demo with its simulated machines, some readings stored already.</summary>
    /// <remarks>It takes its usual ports where they are free, as any other demo does that starts at the same moment: the one that comes too late ends, and is started again.</remarks>
    public static async Task<UiPlant> StartDemoAsync()
    {
        for (int tries = 1; ; tries++)
        {
            TempDirectory directory = new();
            PartnerProcess process = BuiltProgram.Start(directory.Path, "demo", "--data", "data");
            string line = await process.WaitForLineAsync("http://127.0.0.1");
            UiPlant plant = new(directory, process, "http://" + line[line.IndexOf("http://", StringComparison.Ordinal)..].Split('/', ' ')[2]);
            try
            {
                await plant.AnswersAsync();
                await plant.Accounts.EnsureAsync();
                // What answers may be another demo: ours writes its accounts here.
                if (System.IO.Directory.EnumerateFiles(directory.Path, "accounts.json", SearchOption.AllDirectories).Any() && !process.HasExited)
                {
                    return plant;
                }

                Assert.True(tries < 5, "other demos take every port");
            }
            catch (Exception) when (tries < 5)
            {
                // Its ports were taken between the look and the start, or what answered was another demo that has ended since.
            }

            await plant.DisposeAsync();
        }
    }

    /// <summary>`edgeagent run` with a configuration of the test; <paramref name="configuration"/> gets the web port and the directory for further files.</summary>
    /// <param name="accounts">Whether the first administrator and one account of each role are made at once.</param>
    public static async Task<UiPlant> StartAsync(Func<int, TempDirectory, string> configuration, bool accounts = true)
    {
        TempDirectory directory = new();
        int port = FreePort.Tcp();
        await System.IO.File.WriteAllTextAsync(directory.File("plant.json"), configuration(port, directory));
        UiPlant plant = new(directory, BuiltProgram.Start(directory.Path, "run", "--config", "plant.json"), $"http://127.0.0.1:{port}");
        await plant.AnswersAsync();
        if (accounts)
        {
            await plant.Accounts.EnsureAsync();
        }

        return plant;
    }

    /// <summary>The same in the test's own process, under a clock of the test's.</summary>
    internal static async Task<UiPlant> HostAsync(Func<int, TempDirectory, string> configuration, TimeProvider time)
    {
        TempDirectory directory = new();
        int port = FreePort.Tcp();
        string file = directory.File("plant.json");
        await System.IO.File.WriteAllTextAsync(file, configuration(port, directory));
        UiPlant plant = new(directory, await HostedProgram.StartAsync(file, time), $"http://127.0.0.1:{port}");
        await plant.AnswersAsync();
        return plant;
    }

    /// <summary>Stops the program as systemd would, or kills it.</summary>
    public async Task StopAsync(bool kill = false)
    {
        if (!kill)
        {
            Process.Terminate();
            await Process.WaitForExitAsync(TimeSpan.FromSeconds(30));
        }

        await Process.DisposeAsync();
    }

    /// <summary>Starts it again with the same configuration and data; not for the demo.</summary>
    public async Task RestartAsync()
    {
        _program = BuiltProgram.Start(_directory.Path, "run", "--config", "plant.json");
        await AnswersAsync();
    }

    /// <summary>Runs a test in a fresh browser context that is logged in as the view's role.</summary>
    public async Task WithPageAsync(UiView view, Func<IPage, Task> test, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        IBrowser browser = await Chromium.BrowserAsync();
        await using IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            ViewportSize = new ViewportSize { Width = view.Size.Width, Height = view.Size.Height },
            HasTouch = view.Size.Touch,
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ColorScheme = view.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true,
            StorageState = view.Role == UiRole.Nobody ? null : await StateOfAsync(view.Role),
        });
        context.SetDefaultTimeout(30_000);
        Assertions.SetDefaultExpectTimeout(30_000);
        if (view.English)
        {
            await context.AddInitScriptAsync("location.protocol === 'http:' && (localStorage.getItem('edgeagent-language') ?? localStorage.setItem('edgeagent-language', 'en'))");
        }

        UiFaults faults = UiFaults.Watch(context);
        IPage page = await context.NewPageAsync();
        try
        {
            await test(page);
            faults.AssertNoneBut(view.Expected);
        }
        catch
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("failures", $"{name}.png") });
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        Accounts.Dispose();
        _directory.Dispose();
    }

    /// <summary>Each role logs in once; later contexts take over its cookie.</summary>
    private Task<string> StateOfAsync(UiRole role) => _states.GetOrAdd(role, async wanted =>
    {
        await Accounts.EnsureAsync();
        return await Accounts.StorageStateAsync(wanted);
    });

    private async Task AnswersAsync()
    {
        using HttpClient http = new();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    return (await http.GetAsync(Address + "/health/live")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return _program is not PartnerProcess { HasExited: true } ended ? false : throw new InvalidOperationException("The program ended:\n" + ended.Output);
                }
            },
            () => $"the program answers at {Address}\n{(_program as PartnerProcess)?.Output}");
    }
}
