using System.Text;
using EdgeAgent.Collector.Configuring;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Configuring;

public sealed class RemoteConfigAgentTests : IDisposable
{
    private const string Plain = """
        { "site": "plant", // north
          "agent": { "id": "gw-01", "publishers": [ { "name": "hub", "brokers": [ "mqtt://10.0.0.1:1883" ], "user": "gw", "password": "geheim" } ],
            "endpoints": [ { "name": "e", "driver": "modbus-tcp", "settings": { "host": "10.0.0.5" }, "devices": [ { "name": "d", "tags": [ { "name": "t", "address": "hr:0" } ] } ] } ] } }
        """;

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
    private readonly EcdsaBatchSigner _hub = EcdsaBatchSigner.CreateEphemeral();
    private readonly MemoryTarget _target = new(Bundle(Plain));
    private readonly RemoteConfigurationConfig _policy;
    private RemoteConfigAgent _agent;
    private long _revision = 100;

    public RemoteConfigAgentTests()
    {
        _policy = new RemoteConfigurationConfig { Allow = true, HubKey = RemoteConfigEnvelope.FingerprintOf(_hub.PublicKey.Span), ConfirmWithinMinutes = 5 };
        _agent = NewAgent();
    }

    public void Dispose()
    {
        _hub.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_signed_configuration_is_on_trial_until_the_hub_confirms_and_stays_then()
    {
        RemoteConfigMessage answer = await SayAsync(Push(Changed()));
        Assert.Equal((RemoteConfigOutcome.Applied, _target.Now.Hash), (answer.Outcome, answer.Hash));
        Assert.Contains("10.0.0.6", Text(_target.Now), StringComparison.Ordinal);
        Assert.True(_agent.IsOnTrial);

        RemoteConfigMessage kept = await SayAsync(Message(RemoteConfigKind.Confirm) with { Revision = answer.Revision });
        Assert.Equal(RemoteConfigOutcome.Kept, kept.Outcome);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await _agent.TickAsync(default));
        Assert.Contains("10.0.0.6", Text(_target.Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_confirmation_it_is_taken_back_in_time_and_said()
    {
        string before = _target.Now.Hash;
        await SayAsync(Push(Changed().Replace("10.0.0.1:1883", "10.9.9.9:1883", StringComparison.Ordinal).Replace("mqtt://10.9", "mqtts://10.9", StringComparison.Ordinal)
            .Replace("\"password\"", "\"tls\": { \"pinnedSha256\": \"" + new string('a', 64) + "\" }, \"password\"", StringComparison.Ordinal)), allowRefusal: true);
        Assert.Equal(before, _target.Now.Hash); // Certificates may not be changed from afar; so try what may.
        RemoteConfigMessage answer = await SayAsync(Push(Changed()));
        Assert.Equal(RemoteConfigOutcome.Applied, answer.Outcome);

        _time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Null(await _agent.TickAsync(default));
        _time.Advance(TimeSpan.FromMinutes(0.2));
        RemoteConfigMessage? back = await _agent.TickAsync(default);
        Assert.Equal((RemoteConfigOutcome.RolledBack, answer.Revision), (back!.Outcome, back.Revision));
        Assert.Equal(before, _target.Now.Hash);
        Assert.Equal("(this agent)", _target.Applied[^1].By);
    }

    [Fact]
    public async Task An_agent_that_was_killed_during_the_trial_takes_it_back_after_its_start()
    {
        string before = _target.Now.Hash;
        await SayAsync(Push(Changed()));
        _time.Advance(TimeSpan.FromMinutes(10));
        _agent = NewAgent();
        Assert.True(_agent.IsOnTrial);
        Assert.Equal(RemoteConfigOutcome.RolledBack, (await _agent.TickAsync(default))!.Outcome);
        Assert.Equal(before, _target.Now.Hash);
    }

    [Fact]
    public async Task An_agent_that_was_killed_before_the_new_one_was_written_says_that_it_never_came_into_force()
    {
        ConfigBundle before = _target.Now;
        RemoteConfigMessage answer = await SayAsync(Push(Changed()));
        _target.Now = before; // What was remembered first is all that was written.
        _agent = NewAgent();
        RemoteConfigMessage? said = await _agent.TickAsync(default);
        Assert.Equal((RemoteConfigOutcome.RolledBack, answer.Revision, before.Hash), (said!.Outcome, said.Revision, said.Hash));
        Assert.Contains("never came into force", said.Problems.Single(), StringComparison.Ordinal);
        Assert.False(_agent.IsOnTrial);
    }

    [Fact]
    public async Task What_a_person_changed_at_the_machine_during_the_trial_stays()
    {
        await SayAsync(Push(Changed()));
        _target.Now = Bundle(Changed().Replace("10.0.0.6", "10.0.0.7", StringComparison.Ordinal));
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(RemoteConfigOutcome.Kept, (await _agent.TickAsync(default))!.Outcome);
        Assert.Contains("10.0.0.7", Text(_target.Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_put_back_is_tried_again()
    {
        await SayAsync(Push(Changed()));
        _time.Advance(TimeSpan.FromMinutes(6));
        _target.Fails = "disk full";
        Assert.Null(await _agent.TickAsync(default));
        _target.Fails = null;
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(RemoteConfigOutcome.RolledBack, (await _agent.TickAsync(default))!.Outcome);
    }

    [Fact]
    public async Task The_same_message_again_is_answered_again_and_an_old_one_never_applied_again()
    {
        RemoteConfigMessage push = Push(Changed());
        byte[] bytes = RemoteConfigEnvelope.Seal(push, _hub);
        Assert.Equal(RemoteConfigOutcome.Applied, (await _agent.HandleAsync(bytes, _policy, default))!.Outcome);
        await SayAsync(Message(RemoteConfigKind.Confirm) with { Revision = push.Revision });
        Assert.Equal(RemoteConfigOutcome.Kept, (await _agent.HandleAsync(bytes, _policy, default))!.Outcome);
        Assert.Single(_target.Applied);

        RemoteConfigMessage back = Push(Plain) with { Revision = push.Revision - 1 };
        Assert.Contains("not newer", (await SayAsync(back, allowRefusal: true)).Problems.Single(), StringComparison.Ordinal);
        _agent = NewAgent(); // Also after a restart.
        Assert.Contains("not newer", (await SayAsync(back, allowRefusal: true)).Problems.Single(), StringComparison.Ordinal);
        Assert.Single(_target.Applied);
    }

    [Fact]
    public async Task Tampered_messages_get_no_answer_and_change_nothing()
    {
        byte[] bytes = RemoteConfigEnvelope.Seal(Push(Changed()), _hub);
        bytes[40] ^= 1;
        Assert.Null(await _agent.HandleAsync(bytes, _policy, default));
        Assert.Null(await _agent.HandleAsync(new byte[RemoteConfigMessage.BytesMax + 1], _policy, default));
        Assert.Empty(_target.Applied);
    }

    [Fact]
    public async Task Another_key_another_agent_an_expired_one_and_one_from_the_future_are_refused_with_the_reason()
    {
        using EcdsaBatchSigner stranger = EcdsaBatchSigner.CreateEphemeral();
        RemoteConfigMessage? unknown = await _agent.HandleAsync(RemoteConfigEnvelope.Seal(Push(Changed()), stranger), _policy, default);
        Assert.Contains("does not trust the key", unknown!.Problems.Single(), StringComparison.Ordinal);
        Assert.Contains("plant/gw-02", (await SayAsync(Push(Changed()) with { Agent = "gw-02" }, allowRefusal: true)).Problems.Single(), StringComparison.Ordinal);
        Assert.Contains("other/gw-01", (await SayAsync(Push(Changed()) with { Site = "other" }, allowRefusal: true)).Problems.Single(), StringComparison.Ordinal);
        Assert.Contains("expired", (await SayAsync(Push(Changed()) with { ExpiresMs = Now - 1 }, allowRefusal: true)).Problems.Single(), StringComparison.Ordinal);
        Assert.Contains("future", (await SayAsync(Push(Changed()) with { IssuedMs = Now + 3_600_000, ExpiresMs = Now + 4_000_000 }, allowRefusal: true)).Problems.Single(), StringComparison.Ordinal);
        Assert.Contains("takes no configurations", (await _agent.HandleAsync(RemoteConfigEnvelope.Seal(Push(Changed()), _hub), _policy with { Allow = false }, default))!.Problems.Single(), StringComparison.Ordinal);
        Assert.Empty(_target.Applied);
    }

    [Fact]
    public async Task Errors_of_the_configuration_are_answered_all_at_once()
    {
        RemoteConfigMessage answer = await SayAsync(Push(Plain.Replace("\"hr:0\"", "7", StringComparison.Ordinal).Replace("\"name\": \"e\"", "\"nam\": \"e\"", StringComparison.Ordinal)), allowRefusal: true);
        Assert.Equal(RemoteConfigOutcome.Refused, answer.Outcome);
        Assert.Contains(answer.Problems, p => p.Contains("tags[0].address", StringComparison.Ordinal));
        Assert.Contains(answer.Problems, p => p.Contains("did you mean 'name'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_made_from_another_configuration_and_a_forbidden_change_are_refused()
    {
        Assert.Contains("made from", (await SayAsync(Push(Changed()) with { Hash = new string('0', 64) }, allowRefusal: true)).Problems.Single(), StringComparison.Ordinal);
        Assert.Contains("password", (await SayAsync(Push(Changed().Replace("geheim", "other", StringComparison.Ordinal)), allowRefusal: true)).Problems.Single(), StringComparison.Ordinal);
        Assert.Contains("unpacked", (await SayAsync(Push(Changed()) with { Content = new byte[] { 1 } }, allowRefusal: true)).Problems.Single(), StringComparison.Ordinal);
        _target.Fails = "the disk is read-only";
        Assert.Contains("read-only", (await SayAsync(Push(Changed()), allowRefusal: true)).Problems.Single(), StringComparison.Ordinal);
        _target.Fails = null;
        Assert.False(_agent.IsOnTrial);
        Assert.Equal(RemoteConfigOutcome.Applied, (await SayAsync(Push(Changed()))).Outcome);
        Assert.Contains("still on trial", (await SayAsync(Push(Plain), allowRefusal: true)).Problems.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passwords_never_leave_the_machine_and_come_back_into_what_is_sent()
    {
        RemoteConfigMessage current = await SayAsync(Message(RemoteConfigKind.Ask));
        Assert.Equal(RemoteConfigOutcome.Current, current.Outcome);
        Assert.True(RemoteConfigContent.TryUnpack(current.Content, out ConfigBundle? shown));
        Assert.DoesNotContain("geheim", Text(shown), StringComparison.Ordinal);
        Assert.Contains("// north", Text(shown), StringComparison.Ordinal);

        RemoteConfigMessage answer = await SayAsync(Push(Text(shown).Replace("10.0.0.5", "10.0.0.6", StringComparison.Ordinal)) with { Hash = current.Hash });
        Assert.Equal(RemoteConfigOutcome.Applied, answer.Outcome);
        Assert.Equal(Changed(), Text(_target.Now));
    }

    [Fact]
    public async Task One_whose_passwords_were_put_back_in_is_taken_back_as_well_when_nobody_confirms()
    {
        string before = _target.Now.Hash;
        Assert.True(RemoteConfigContent.TryUnpack((await SayAsync(Message(RemoteConfigKind.Ask))).Content, out ConfigBundle? shown));
        await SayAsync(Push(Text(shown).Replace("10.0.0.5", "10.0.0.6", StringComparison.Ordinal)));
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal((RemoteConfigOutcome.RolledBack, before), ((await _agent.TickAsync(default))!.Outcome, _target.Now.Hash));
    }

    [Fact]
    public async Task One_that_was_sent_with_a_table_too_many_is_taken_back_as_well()
    {
        string before = _target.Now.Hash;
        ConfigBundle sent = new(Encoding.UTF8.GetBytes(Changed()), new Dictionary<string, byte[]> { ["old.csv"] = "name,address\r\n"u8.ToArray() });
        await SayAsync(Push(Changed()) with { Content = RemoteConfigContent.Pack(sent) });
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal((RemoteConfigOutcome.RolledBack, before), ((await _agent.TickAsync(default))!.Outcome, _target.Now.Hash));
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private RemoteConfigAgent NewAgent() => new("plant", "gw-01", _directory.Path, _target, _time, NullLogger.Instance);

    private async Task<RemoteConfigMessage> SayAsync(RemoteConfigMessage message, bool allowRefusal = false)
    {
        RemoteConfigMessage? answer = await _agent.HandleAsync(RemoteConfigEnvelope.Seal(message, _hub), _policy, default);
        Assert.NotNull(answer);
        Assert.True(allowRefusal || answer.Outcome != RemoteConfigOutcome.Refused, string.Join("; ", answer.Problems));
        return answer;
    }

    private RemoteConfigMessage Push(string text) => Message(RemoteConfigKind.Push) with { Hash = _target.Now.Hash, Content = RemoteConfigContent.Pack(Bundle(text)) };

    private RemoteConfigMessage Message(RemoteConfigKind kind) => new()
    {
        Kind = kind, Site = "plant", Agent = "gw-01", Revision = ++_revision, IssuedMs = Now, ExpiresMs = Now + 120_000,
    };

    private static string Changed() => Plain.Replace("10.0.0.5", "10.0.0.6", StringComparison.Ordinal);

    private static ConfigBundle Bundle(string text) => new(Encoding.UTF8.GetBytes(text), new Dictionary<string, byte[]>());

    private static string Text(ConfigBundle bundle) => Encoding.UTF8.GetString(bundle.Main);
}
