namespace EdgeAgent.Core.Configuration;

/// <summary>Rules for one tag, wherever it was written.</summary>
internal static class TagRules
{
    private const int AddressCharsMax = 1024;

    public static void Check(TagConfig tag, ConfigPath path, IReadOnlyDictionary<string, ScanClassConfig> scanClasses, ConfigErrors errors)
    {
        if (tag.Address.Length is 0 or > AddressCharsMax)
        {
            errors.Add(path.Member("address"), "no usable address", $"1 to {AddressCharsMax} characters in the driver's syntax", "");
        }

        if (tag.Scan is { } scan && scan != ScanClassConfig.DefaultName && !scanClasses.ContainsKey(scan))
        {
            errors.Add(path.Member("scan"), $"there is no scan class '{scan}'", "one of " + string.Join(", ", scanClasses.Keys.Append(ScanClassConfig.DefaultName).Distinct()),
                Similar.Advice(scan, scanClasses.Keys, "add it to agent.scanClasses"));
        }

        if (tag.Order is { } order && !IsOrder(order))
        {
            errors.Add(path.Member("order"), $"'{order}' is no byte order", "AB or BA; ABCD, CDAB, BADC or DCBA; or eight letters A to H, each once", "ABCD is the usual one: most significant byte first");
        }

        if (tag.Min > tag.Max)
        {
            errors.Add(path.Member("min"), "min is above max", "min at most max", "swap them");
        }

        CheckDeadband(tag, path, errors);
        if (tag.Scale == 0)
        {
            errors.Add(path.Member("scale"), "a scale of 0 makes every value the same", "a number other than 0", "leave it out for raw values");
        }

        if (tag.Bit is not null && tag.Type is TagType.Float32 or TagType.Float64 or TagType.String or TagType.Bytes or TagType.Bcd16 or TagType.Bcd32)
        {
            errors.Add(path.Member("bit"), $"a bit of a {LowerCaseNaming.Policy.ConvertName(tag.Type.ToString()!)}", "bit only with bool or an integer type", "remove bit, or change the type");
        }
    }

    private static void CheckDeadband(TagConfig tag, ConfigPath path, ConfigErrors errors)
    {
        if (tag is { Deadband: not null, DeadbandPercent: not null })
        {
            errors.Add(path.Member("deadband"), "deadband and deadbandPercent together", "one of the two", "remove one");
        }

        if (tag.DeadbandPercent is not null && (tag.Min is null || tag.Max is null))
        {
            errors.Add(path.Member("deadbandPercent"), "a percent deadband without a range", "min and max", "add them, or use deadband");
        }

        if (tag.HeartbeatMs is not null && tag.Deadband is null && tag.DeadbandPercent is null)
        {
            errors.Add(path.Member("heartbeatMs"), "a heartbeat without a deadband", "deadband or deadbandPercent", "remove it: without a deadband every reading is reported");
        }
    }

    /// <summary>Two, four or eight letters from A, each once.</summary>
    private static bool IsOrder(string order)
    {
        if (order.Length is not (2 or 4 or 8))
        {
            return false;
        }

        int seen = 0;
        foreach (char c in order)
        {
            int letter = c - 'A';
            if (letter < 0 || letter >= order.Length || (seen & (1 << letter)) != 0)
            {
                return false;
            }

            seen |= 1 << letter;
        }

        return true;
    }
}
