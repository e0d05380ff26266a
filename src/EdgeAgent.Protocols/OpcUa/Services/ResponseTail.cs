using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services;

/// <summary>The diagnostics that end most responses; we ask for none and pass over what comes nevertheless.</summary>
internal static class ResponseTail
{
    public static void Write(UaBuffer target) => target.WriteInt32(-1);

    public static void Skip(ref UaReader reader)
    {
        for (int infos = reader.ReadArrayLength(1); infos > 0 && reader.IsGood; infos--)
        {
            reader.ReadDiagnosticInfo();
        }
    }
}
