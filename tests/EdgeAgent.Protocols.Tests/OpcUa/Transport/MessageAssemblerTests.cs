using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.Tests.OpcUa.Transport;

public sealed class MessageAssemblerTests
{
    private readonly MessageAssembler _assembler = new(messageBytesMax: 6, chunkCountMax: 3);

    [Fact]
    public void Chunks_become_a_message()
    {
        Assert.Equal(AssemblyStatus.Incomplete, _assembler.Add(ChunkKind.Intermediate, 7, [1, 2]));
        Assert.Equal(AssemblyStatus.Incomplete, _assembler.Add(ChunkKind.Intermediate, 7, [3]));
        Assert.Equal(AssemblyStatus.Complete, _assembler.Add(ChunkKind.Final, 7, [4, 5, 6]));
        Assert.Equal(7u, _assembler.RequestId);
        Assert.Equal([1, 2, 3, 4, 5, 6], _assembler.Message.ToArray());
        Assert.Equal(AssemblyStatus.Complete, _assembler.Add(ChunkKind.Final, 8, [9]));
        Assert.Equal([9], _assembler.Message.ToArray());
    }

    [Fact]
    public void A_message_that_is_too_large_costs_only_itself()
    {
        Assert.Equal(AssemblyStatus.Incomplete, _assembler.Add(ChunkKind.Intermediate, 1, new byte[7]));
        Assert.Equal(AssemblyStatus.Incomplete, _assembler.Add(ChunkKind.Intermediate, 1, [1]));
        Assert.Equal(AssemblyStatus.TooLarge, _assembler.Add(ChunkKind.Final, 1, [1]));
        Assert.Equal(AssemblyStatus.Complete, _assembler.Add(ChunkKind.Final, 2, [1]));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(AssemblyStatus.Incomplete, _assembler.Add(ChunkKind.Intermediate, 3, [1]));
        }
        Assert.Equal(AssemblyStatus.TooLarge, _assembler.Add(ChunkKind.Final, 3, [1]));
    }

    [Fact]
    public void An_abort_ends_the_message_and_says_why()
    {
        var body = new UaBuffer();
        new ErrorMessage(StatusCodes.BadResponseTooLarge, "too many").WriteBody(body);
        _assembler.Add(ChunkKind.Intermediate, 1, [1]);
        Assert.Equal(AssemblyStatus.Aborted, _assembler.Add(ChunkKind.Abort, 1, body.WrittenSpan));
        Assert.Equal(new ErrorMessage(StatusCodes.BadResponseTooLarge, "too many"), _assembler.Abort);
        Assert.Equal(AssemblyStatus.Complete, _assembler.Add(ChunkKind.Final, 2, [1]));
        Assert.Equal(AssemblyStatus.Invalid, _assembler.Add(ChunkKind.Abort, 3, [1]));
    }

    [Fact]
    public void Messages_do_not_mix()
    {
        _assembler.Add(ChunkKind.Intermediate, 1, [1]);
        Assert.Equal(AssemblyStatus.Invalid, _assembler.Add(ChunkKind.Final, 2, [2]));
    }
}
