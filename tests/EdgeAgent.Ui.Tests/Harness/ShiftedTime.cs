namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>The system's time with a wall clock that is wrong by as much as the test says; timers run as ever.</summary>
internal sealed class ShiftedTime(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
}
