using System.Text;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Tests.Batches;

public sealed class MessageTests
{
    [Fact]
    public void A_birth_comes_back_as_it_was()
    {
        var birth = new AgentBirth("厂", "gw-01", "1.2.3", "AAAA", "proof", "00ff", BatchSamples.Incarnation,
            [new BirthDevice("press-01", "modbus-tcp", "modbus-tcp://h:502/1", "A-001", "live", [new BirthTag("温度", "Float32", "°C", 1000, 1)])]);

        Assert.True(AgentBirth.TryParse(birth.ToUtf8(), out AgentBirth? back));
        Assert.Equivalent(birth, back, strict: true);
    }

    [Fact]
    public void A_status_comes_back_and_later_members_are_ignored()
    {
        var status = new AgentStatus(true, "1.2.3", BatchSamples.Incarnation, BatchSamples.Now);
        string json = Encoding.UTF8.GetString(status.ToUtf8()).Replace("{", "{\"later\":[1],", StringComparison.Ordinal);

        Assert.True(AgentStatus.TryParse(Encoding.UTF8.GetBytes(json), out AgentStatus? back));
        Assert.Equal(status, back);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"site\":null,\"agent\":\"a\",\"version\":\"1\",\"publicKey\":\"\",\"configHash\":\"\",\"incarnation\":\"0190b7c4-5a1e-7c3b-9d2f-1a2b3c4d5e6f\",\"devices\":[]}")]
    [InlineData("{\"site\":\"s\",\"agent\":\"a\",\"version\":\"1\",\"publicKey\":\"\",\"tokenProof\":null,\"configHash\":\"\",\"incarnation\":\"no\",\"devices\":[]}")]
    public void What_is_no_birth_is_refused(string json) => Assert.False(AgentBirth.TryParse(Encoding.UTF8.GetBytes(json), out _));

    [Theory]
    [InlineData("endpoints")]
    [InlineData("devices")]
    [InlineData("problems")]
    [InlineData("frames")]
    public void A_status_with_holes_is_none(string list)
    {
        var status = new AgentStatus(true, "1.2.3", BatchSamples.Incarnation, BatchSamples.Now)
        {
            Health = new AgentHealth(BatchSamples.Now, new HealthBuffer(0, 0, 0, 0, 0, null, 0), [], [], [], []),
        };
        string whole = System.Text.Encoding.UTF8.GetString(status.ToUtf8());
        Assert.True(AgentStatus.TryParse(System.Text.Encoding.UTF8.GetBytes(whole), out _));
        string holed = whole.Replace($"\"{list}\":[]", $"\"{list}\":[null]", StringComparison.Ordinal);
        Assert.NotEqual(whole, holed);
        Assert.False(AgentStatus.TryParse(System.Text.Encoding.UTF8.GetBytes(holed), out _));
    }

    [Fact]
    public void An_enrolment_proof_holds_for_its_token_and_key_only()
    {
        byte[] key = [1, 2, 3];
        string proof = EnrolmentProof.Create("token", key);

        Assert.True(EnrolmentProof.Verify(proof, "token", key));
        Assert.False(EnrolmentProof.Verify(proof, "other", key));
        Assert.False(EnrolmentProof.Verify(proof, "token", [1, 2, 4]));
        Assert.False(EnrolmentProof.Verify("no base64", "token", key));
        Assert.False(EnrolmentProof.Verify(proof + "AAAA", "token", key));
        Assert.DoesNotContain("token", proof, StringComparison.Ordinal);
    }

    [Fact]
    public void An_acknowledgement_keeps_to_its_limits()
    {
        var ack = new BatchAck(BatchSamples.Incarnation, 0,
            [.. Enumerable.Range(1, 100).Select(i => new SequenceRange(i * 10, i * 10))],
            [.. Enumerable.Range(1, 100).Select(i => new RefusedBatch(i, string.Concat(Enumerable.Repeat("😀", 200))))]);

        Assert.True(BatchAck.TryParse(ack.ToBytes(), out BatchAck back));
        Assert.Equal((BatchAck.AboveMax, BatchAck.RefusedMax), (back.Above.Count, back.Refused.Count));
        Assert.InRange(Encoding.UTF8.GetByteCount(back.Refused[0].Reason), 100, BatchAck.ReasonBytesMax);
    }

    [Theory]
    [InlineData("0A0F000102030405060708090A0B0C0D0E")]
    [InlineData("1005")]
    [InlineData("0A10000102030405060708090A0B0C0D0E0F1A0408051003")]
    [InlineData("0A10000102030405060708090A0B0C0D0E0F10FFFFFFFFFFFFFFFFFF01")]
    public void What_is_no_acknowledgement_is_refused(string hex) => Assert.False(BatchAck.TryParse(Convert.FromHexString(hex), out _));
}
