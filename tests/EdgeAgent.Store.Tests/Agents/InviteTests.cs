using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Agents;
using EdgeAgent.Store.Ingest;
using EdgeAgent.Store.Tests.Ingest;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Store.Tests.Agents;

/// <summary>Tokens by which agents that are named beforehand are let in once.</summary>
public sealed class InviteTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly TestAgent _agent = new();

    public void Dispose()
    {
        _agent.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void An_invitation_lets_the_agent_in_once_and_its_token_is_forgotten()
    {
        using AgentRegistry registry = Open();
        string token = registry.Invite(_agent.Key, TimeSpan.FromDays(7))!;
        Assert.Equal(EnrolmentStatus.Approved, Introduce(registry, _agent, token).Status);
        Assert.Equal(EnrolmentStatus.Approved, Introduce(registry, _agent, token).Status); // As after each reconnect.
        Assert.DoesNotContain(token, Dump(), StringComparison.Ordinal);

        // Whoever has stolen the token and comes later changes nothing.
        using var thief = new TestAgent(_agent.Key.Site, _agent.Key.Agent);
        EnrolledAgent after = Introduce(registry, thief, token);
        Assert.Equal(_agent.Signer.PublicKey.ToArray(), after.PublicKey);
        Assert.Equal(thief.Signer.PublicKey.ToArray(), after.NewKey);
    }

    [Fact]
    public void A_used_a_wrong_and_an_expired_token_leave_the_agent_pending_and_say_so()
    {
        using AgentRegistry registry = Open();
        string token = registry.Invite(_agent.Key, TimeSpan.FromHours(1))!;
        EnrolledAgent wrong = Introduce(registry, _agent, token + "x");
        Assert.Equal((EnrolmentStatus.Pending, true), (wrong.Status, wrong.Note.Contains("none that this hub knows", StringComparison.Ordinal)));

        using var other = new TestAgent(agent: "gw-other");
        Assert.Equal(EnrolmentStatus.Pending, Introduce(registry, other, token).Status); // Another agent's invitation.

        _time.Advance(TimeSpan.FromHours(1));
        EnrolledAgent late = Introduce(registry, _agent, token);
        Assert.Equal((EnrolmentStatus.Pending, true), (late.Status, late.Note.Contains("ran out at", StringComparison.Ordinal)));

        string second = registry.Invite(_agent.Key, TimeSpan.FromHours(1))!;
        string third = registry.Invite(_agent.Key, TimeSpan.FromHours(1))!;
        Assert.Equal(EnrolmentStatus.Pending, Introduce(registry, _agent, second).Status); // Replaced by the third.
        Assert.Equal(EnrolmentStatus.Approved, Introduce(registry, _agent, third).Status);
    }

    [Fact]
    public void A_replaced_machine_gets_in_with_a_new_invitation_and_a_revoked_one_gets_none()
    {
        using AgentRegistry registry = Open();
        registry.Enrol(_agent.Key, _agent.Signer.PublicKey.Span, "test");
        using var replaced = new TestAgent(_agent.Key.Site, _agent.Key.Agent);
        string token = registry.Invite(_agent.Key, TimeSpan.FromDays(1))!;
        Assert.Equal(replaced.Signer.PublicKey.ToArray(), Introduce(registry, replaced, token).PublicKey);

        string unused = registry.Invite(_agent.Key, TimeSpan.FromDays(1))!;
        registry.Revoke(_agent.Key);
        Assert.Null(registry.Invite(_agent.Key, TimeSpan.FromDays(1)));
        Assert.Equal(EnrolmentStatus.Revoked, Introduce(registry, _agent, unused).Status);
    }

    [Fact]
    public async Task What_an_agent_says_of_itself_and_how_its_clock_stands_is_seen_by_another_process()
    {
        await using var hub = new Hub(_directory);
        string token = hub.Registry.Invite(_agent.Key, TimeSpan.FromDays(1))!;
        await hub.Link.SendBirthAsync(_agent, token);
        await hub.Link.SendAsync(_agent.NextRamp(UnixTicks.Now(TimeProvider.System), 1));
        await hub.Link.AckAsync(a => a.Contiguous == 1);
        new AgentNotes(hub.Registry, CountersOf(_agent.Key, aheadMs: 90_000), TimeProvider.System).Write();

        using AgentRegistry commandLine = AgentRegistry.Open(_directory.Path, TimeProvider.System);
        EnrolledAgent seen = Assert.Single(commandLine.List());
        Assert.NotEmpty(seen.Version);
        Assert.NotEmpty(seen.ConfigHash);
        Assert.InRange(seen.ClockOffsetMs!.Value, 80_000, 90_001);
    }

    [Fact]
    public void The_least_delay_is_of_the_last_two_minutes()
    {
        var delay = new LeastDelay();
        Assert.Null(delay.Ticks);
        long now = UnixTicks.PerHour;
        delay.Add(50, now);
        delay.Add(30, now + UnixTicks.PerSecond);
        delay.Add(70, now + (61 * UnixTicks.PerSecond));
        Assert.Equal(30, delay.Ticks);
        delay.Add(60, now + (122 * UnixTicks.PerSecond));
        Assert.Equal(60, delay.Ticks);
    }

    private static IngestCounters CountersOf(AgentKey agent, long aheadMs)
    {
        var counters = new IngestCounters(TimeProvider.System);
        using var other = new TestAgent(agent.Site, agent.Agent);
        counters.Stored(other.NextRamp(0, 1) with { CreatedTicks = UnixTicks.Now(TimeProvider.System) + (aheadMs * UnixTicks.PerMillisecond) });
        return counters;
    }

    private AgentRegistry Open() => AgentRegistry.Open(_directory.Path, _time);

    private static EnrolledAgent Introduce(AgentRegistry registry, TestAgent agent, string token) => registry.Introduce(
        agent.Key, agent.Signer.PublicKey.Span, EnrolmentProof.Create(token, agent.Signer.PublicKey.Span), []);

    private string Dump()
    {
        using var connection = new SqliteConnection($"Data Source={_directory.File(AgentRegistry.FileName)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(coalesce(token, '')) FROM invites";
        return command.ExecuteScalar() as string ?? "";
    }
}
