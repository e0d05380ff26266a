namespace EdgeAgent.Protocols.Sparkplug;

/// <summary>What a host asks of an edge node by NCMD (§6.4.21).</summary>
public static class NodeCommand
{
    /// <summary>The metric by which a host asks for the births to be sent again.</summary>
    public static ReadOnlySpan<byte> Rebirth => "Node Control/Rebirth"u8;

    /// <summary>Whether a command asks for a rebirth: the metric is there, a boolean, and true.</summary>
    /// <param name="scratch">Overwritten.</param>
    public static bool AsksForRebirth(ReadOnlySpan<byte> command, SparkplugPayload scratch)
    {
        if (!scratch.TryRead(command))
        {
            return false;
        }

        foreach (SparkplugMetric metric in scratch.Metrics)
        {
            if (metric is { Field: SparkplugValueField.Boolean, Bits: 1, IsNull: false } && metric.Name(command).SequenceEqual(Rebirth))
            {
                return true;
            }
        }

        return false;
    }
}
