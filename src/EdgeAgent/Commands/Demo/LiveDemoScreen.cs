using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeAgent.Commands.Demo;

/// <summary>A picture that renews itself on a terminal.</summary>
internal sealed class LiveDemoScreen : IDemoScreen, IDisposable
{
    private readonly IAnsiConsole _console;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LiveDisplayContext> _context = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _live;

    public LiveDemoScreen(IAnsiConsole console)
    {
        _console = console;
        _live = _console.Live(new Text("Starting the simulated plant ...")).StartAsync(context =>
        {
            _context.SetResult(context);
            return _closed.Task;
        });
    }

    public TimeSpan Every => TimeSpan.FromMilliseconds(500);

    public void Show(DemoMoment moment)
    {
        if (_context.Task.IsCompletedSuccessfully)
        {
            _context.Task.Result.UpdateTarget(Picture(moment));
        }
    }

    public void Close() => _closed.TrySetResult();

    public void Dispose() => Close();

    private static IRenderable Picture(DemoMoment moment)
    {
        Table figures = new Table().NoBorder().HideHeaders().AddColumn("what").AddColumn("value");
        figures.AddRow("Devices online", $"[bold]{moment.Online}[/] of {moment.Devices}");
        figures.AddRow("Readings stored", $"[bold]{Number(moment.Stored)}[/]  ({Number((long)moment.StoredPerSecond)}/s, {Number(moment.Pending)} on the way)");
        figures.AddRow("Lag, reading to store", PlainDemoScreen.LagText(moment.Lag));
        figures.AddRow("设备联网率  networking rate", $"[bold]{moment.NetworkingRate}[/]  SIMULATED");
        figures.AddRow("设备数字化率  digitalization rate", $"[bold]{moment.DigitalizationRate}[/]  SIMULATED");
        figures.AddRow("API", Markup.Escape(moment.ApiAddress));

        Table devices = new Table().RoundedBorder().AddColumns("device", "state");
        foreach (string header in new[] { "good", "bad", "missed" })
        {
            devices.AddColumn(new TableColumn(header).RightAligned());
        }

        devices.AddColumn("problem");
        foreach (DemoDeviceLine line in moment.Lines)
        {
            devices.AddRow(
                Markup.Escape(line.Name),
                line.Online ? "[green]online[/]" : "[red]offline[/]",
                Number(line.Good),
                Number(line.Bad),
                Number(line.Missed),
                Markup.Escape(line.Problem));
        }

        return new Rows(
            new Rule($"[yellow bold]SIMULATED PLANT[/]  running {moment.Running:hh\\:mm\\:ss}  Ctrl-C stops").LeftJustified(),
            figures,
            devices);
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
