using System.Net;
using System.Text.Json;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Tests.Web.Assess;

/// <summary>Live challenges over HTTP: an assessor's is one, and an administrator's is a self-test wherever it is looked at.</summary>
public sealed class ChallengeApiTests
{
    private const string Body = """{"agent":"gw-01","device":"press","tag":"running","action":"stop","asset":"A-1","limitSeconds":60}""";

    [Theory]
    [InlineData(true, "challenge", "assessor")]
    [InlineData(false, "self-test", "admin")]
    public async Task Whoever_asks_is_recorded_with_his_role_and_an_administrators_challenge_is_a_self_test(bool isAssessor, string kind, string recorded)
    {
        await using AssessServer server = await AssessServer.StartAsync();
        await server.Store.AppendAsync([OneReading(server.Time)], CancellationToken.None);
        JsonElement ticket = await server.AskAsync("POST", "/api/assess/challenge", isAssessor ? AccessRole.Assessor : AccessRole.Admin, HttpStatusCode.Accepted, Body);
        Assert.Equal((!isAssessor, "1"), (ticket.GetProperty("selfTest").GetBoolean(), ticket.GetProperty("before").GetString()));

        JsonElement entry = (await server.AskAsync("GET", "/api/assess/challenges", AccessRole.Assessor, HttpStatusCode.OK)).GetProperty("items")[0];
        Assert.Equal(($"{kind} requested", recorded, "token"), (
            entry.GetProperty("what").GetString(), entry.GetProperty("facts").GetProperty("role").GetString(), entry.GetProperty("facts").GetProperty("via").GetString()));

        await Eventually.TrueAsync(() =>
        {
            server.Time.Advance(TimeSpan.FromSeconds(20));
            return server.Source.Challenges.ReadAll().AsSpan().Count((byte)'\n') == 2;
        }, "the challenge runs out of time");
        ChallengeRecord record = Assert.Single(ChallengeRecord.Of(AuditChain.Read(server.Source.Challenges.ReadAll(), out _)));
        Assert.Equal(isAssessor ? ChallengeOrigin.Assessor : ChallengeOrigin.SelfTest, record.Origin);
        Assert.Equal($"{kind} without result", record.Outcome!.What);
    }

    private static StoredBatch OneReading(TimeProvider time)
    {
        PlantDefinition definition = DefinitionCodec.Create(
            [new DeviceDefinition("press", "modbus-tcp", "modbus-tcp://10.0.0.1:502/1", "A-1")], [new TagDefinition(0, "running", ValueKind.Int64, "", 1000)]);
        ReadingBatch readings = new();
        BatchBuilder builder = new();
        builder.SetDefinition(definition);
        long now = UnixTicks.Now(time);
        readings.Add(Reading.Int64(0, Quality.Good, now - UnixTicks.PerSecond, 1));
        foreach (ref readonly Reading reading in readings.Readings)
        {
            builder.Add(readings, reading);
        }

        ScanAccount account = new(0, UnixTicks.HourOf(now), Provenance.Live, 1, 1, 0, 0, 0, 0, 0, 1, 1);
        builder.AddAccount(account);
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        Guid incarnation = Guid.NewGuid();
        SealedBatch sealedBatch = builder.Seal(new BatchHeader(AssessServer.Site, "gw-01", incarnation, 1, new byte[BatchFormat.HashBytes], now, definition.ConfigHash), signer);
        return new StoredBatch(
            new AgentKey(AssessServer.Site, "gw-01"), incarnation, 1, sealedBatch.Signed.ToArray(), sealedBatch.Hash.ToArray(), new byte[32], now, definition, definition, readings, [account], []);
    }
}
