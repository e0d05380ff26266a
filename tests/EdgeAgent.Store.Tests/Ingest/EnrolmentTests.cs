using EdgeAgent.Core.Batches;
using EdgeAgent.Store.Agents;
using EdgeAgent.Store.Ingest;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;

namespace EdgeAgent.Store.Tests.Ingest;

/// <summary>An agent's first contact, approval, tokens, change of key and the door.</summary>
public sealed class EnrolmentTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_new_agent_waits_until_another_process_approves_it()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory);
        await hub.Link.SendBirthAsync(agent);
        StoredBatch batch = agent.NextRamp(TestAgent.At(0), 1);
        await hub.Link.SendAsync(batch);
        await hub.HeldAsync(HoldReason.NotEnrolled);
        using (AgentRegistry commandLine = AgentRegistry.Open(_directory.Path, TimeProvider.System))
        {
            EnrolledAgent pending = Assert.Single(commandLine.List());
            Assert.Equal((EnrolmentStatus.Pending, EnrolledAgent.FingerprintOf(agent.Signer.PublicKey.Span)), (pending.Status, pending.Fingerprint));
            Assert.False(commandLine.Approve(agent.Key, fingerprint: "0000000000000000"));
            Assert.True(commandLine.Approve(agent.Key, pending.Fingerprint));
        }

        await hub.Link.SendAsync(batch);
        await hub.Link.AckAsync(a => a.Contiguous == 1);
    }

    [Fact]
    public async Task A_token_lets_one_agent_in_once()
    {
        using var agent = new TestAgent();
        using var other = new TestAgent(agent: "gw-02");
        using var liar = new TestAgent(agent: "gw-03");
        await using var hub = new Hub(_directory, o => o with { EnrolmentTokens = ["first token", "second token"] });
        await hub.Link.SendBirthAsync(agent, "first token");
        await hub.Link.SendBirthAsync(other, "first token");
        await hub.Link.SendBirthAsync(liar, "wrong token");
        await hub.Link.SendAsync(agent.NextRamp(TestAgent.At(0), 1));
        await hub.Link.AckAsync(a => a.Contiguous == 1);
        Assert.Equal(EnrolmentStatus.Pending, hub.Registry.Find(other.Key)?.Status);
        Assert.Equal(EnrolmentStatus.Pending, hub.Registry.Find(liar.Key)?.Status);
        // The same birth again, as after each reconnect, changes nothing; the second token is still good.
        await hub.Link.SendBirthAsync(agent, "first token");
        await hub.Link.SendBirthAsync(other, "second token");
        await Eventually.TrueAsync(() => hub.Registry.Find(other.Key)?.Status == EnrolmentStatus.Approved, "the second token admits the other agent");
        Assert.Equal(EnrolmentStatus.Approved, hub.Registry.Find(agent.Key)?.Status);
    }

    [Fact]
    public async Task A_known_agent_with_another_key_is_held_until_the_key_is_approved()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory);
        hub.Enrol(agent);
        using var replaced = new TestAgent(agent.Key.Site, agent.Key.Agent);
        await hub.Link.SendBirthAsync(replaced);
        StoredBatch batch = replaced.NextRamp(TestAgent.At(0), 1);
        await hub.Link.SendAsync(batch);
        await hub.HeldAsync(HoldReason.KeyNotApproved);
        // The old key still works meanwhile: a stranger cannot lock an agent out by posing as it.
        await hub.Link.SendAsync(agent.NextRamp(TestAgent.At(0), 1));
        await hub.Link.AckAsync(a => a.Incarnation == agent.Incarnation && a.Contiguous == 1);
        Assert.True(hub.Registry.Approve(agent.Key));
        await hub.Link.SendAsync(batch);
        await hub.Link.AckAsync(a => a.Incarnation == replaced.Incarnation && a.Contiguous == 1);
        await hub.Link.SendAsync(agent.NextRamp(TestAgent.At(1), 1));
        await hub.RefusedAsync(RefusalReason.BadSignature);
    }

    [Fact]
    public async Task A_revoked_agent_is_refused_even_with_a_token()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory, o => o with { EnrolmentTokens = ["t"] });
        hub.Enrol(agent);
        Assert.True(hub.Registry.Revoke(agent.Key));
        await hub.Link.SendBirthAsync(agent, "t");
        await hub.Link.SendAsync(agent.NextRamp(TestAgent.At(0), 1));
        await hub.RefusedAsync(RefusalReason.Revoked);
        Assert.Equal(EnrolmentStatus.Revoked, hub.Registry.Find(agent.Key)?.Status);
        Assert.False(hub.Registry.Revoke(new AgentKey("no", "body")));
    }

    [Fact]
    public async Task A_birth_that_is_no_birth_changes_nothing()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory);
        string topic = Topics.Birth(agent.Key.Site, agent.Key.Agent);
        await hub.Link.SendAsync(topic, "{\"site\":\"x\"}"u8.ToArray());
        await hub.Link.SendAsync(topic, [0xFF, 0x00]);
        await hub.Link.SendAsync(topic, []);
        await hub.Link.SendAsync(topic, new AgentBirth(agent.Key.Site, agent.Key.Agent, "1", "bm8ga2V5", null, "", agent.Incarnation, []).ToUtf8());
        await hub.Link.SendAsync(topic, new AgentBirth("elsewhere", agent.Key.Agent, "1", "", null, "", agent.Incarnation, []).ToUtf8());
        await Eventually.TrueAsync(() => hub.Statistics.QueuedBytes == 0, "all births are looked at");
        Assert.Empty(hub.Registry.List());
        Assert.False(hub.Run.IsCompleted);
    }

    /// <summary>Whoever may publish to an agent's topic, and knows its public key from its retained birth message, could end the hub with it.</summary>
    [Theory]
    [InlineData("[null]")]
    [InlineData("[{\"name\":\"d\",\"driver\":\"\",\"address\":\"\",\"asset\":\"\",\"provenance\":\"live\",\"tags\":[null]}]")]
    public async Task A_birth_with_holes_does_not_end_the_hub(string devices)
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory);
        hub.Enrol(agent);
        var birth = new AgentBirth(
            agent.Key.Site, agent.Key.Agent, "1", Convert.ToBase64String(agent.Signer.PublicKey.Span), null, "", agent.Incarnation, []);
        string json = System.Text.Encoding.UTF8.GetString(birth.ToUtf8()).Replace("\"devices\":[]", "\"devices\":" + devices, StringComparison.Ordinal);
        Assert.Contains("null", json[json.IndexOf("devices", StringComparison.Ordinal)..], StringComparison.Ordinal);
        await hub.Link.SendAsync(Topics.Birth(agent.Key.Site, agent.Key.Agent), System.Text.Encoding.UTF8.GetBytes(json));
        await hub.Link.SendAsync(agent.NextRamp(TestAgent.At(0), 1));
        await hub.Link.AckAsync(ack => ack.Contiguous == 1);
    }

    [Fact]
    public void Strangers_cannot_fill_the_registry()
    {
        using AgentRegistry registry = AgentRegistry.Open(_directory.Path, TimeProvider.System);
        using var known = new TestAgent();
        registry.Enrol(known.Key, known.Signer.PublicKey.Span, "test");
        for (int i = 0; i < 1010; i++)
        {
            registry.Introduce(new AgentKey("s", "stranger-" + i), known.Signer.PublicKey.Span, null, []);
        }

        Assert.Equal(1001, registry.List().Count);
        Assert.Equal(EnrolmentStatus.Approved, registry.Find(known.Key)?.Status);
    }
}
