using EdgeAgent.Alarms;
using EdgeAgent.Alarms.Notify;
using EdgeAgent.TestKit;
using EdgeAgent.Tests.Web.Plant;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Alarms;

/// <summary>An alarm engine over a plant that a test feeds, stepped by the test.</summary>
internal sealed class AlarmFixture : IDisposable
{
    private readonly TempDirectory _directory = new();

    public AlarmFixture(BoardPlant? plant = null, params AlarmRule[] rules)
    {
        Plant = plant ?? new BoardPlant();
        Engine = Create();
        Engine.Change(new AlarmSettings { Rules = rules });
    }

    public BoardPlant Plant { get; }

    public AlarmEngine Engine { get; private set; }

    public AlarmRecord Single => Assert.Single(Engine.Open);

    public static AlarmRule Limit { get; } = new() { Id = "hot", Name = "温度高", Kind = AlarmKind.Limit, Severity = AlarmSeverity.Critical, Device = "d*", Tag = "t0", High = 80, Hysteresis = 5 };

    public void Commit(double value, double advanceSeconds = 1)
    {
        Plant.Commit(0, 0, value);
        Step(advanceSeconds);
    }

    public void Step(double advanceSeconds = 1)
    {
        Engine.Step();
        Plant.Time.Advance(TimeSpan.FromSeconds(advanceSeconds));
    }

    /// <summary>What a new process makes of the same files.</summary>
    /// <param name="edited">What somebody wrote into the file meanwhile.</param>
    public void Restart(AlarmSettings? edited = null)
    {
        Engine.Dispose();
        Engine.History.Dispose();
        if (edited is not null)
        {
            new AlarmFile(_directory.Path).Write(edited);
        }

        Engine = Create();
    }

    /// <summary>Runs SQL on the file of the history beside the engine.</summary>
    public void Run(string sql)
    {
        using SqliteConnection connection = new($"Data Source={_directory.File("alarms.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Engine.Dispose();
        Engine.History.Dispose();
        Plant.Dispose();
        _directory.Dispose();
    }

    private AlarmEngine Create() => new(
        Plant.State, new AlarmFile(_directory.Path), new AlarmHistory(_directory.Path), new AlarmNotifier(new NoSender(), Plant.Time), Plant.Time, NullLogger<AlarmEngine>.Instance);

    private sealed class NoSender : IAlarmSender
    {
        public Task SendAsync(AlarmChannel channel, AlarmRecord? alarm, CancellationToken cancellation) => Task.CompletedTask;
    }
}
