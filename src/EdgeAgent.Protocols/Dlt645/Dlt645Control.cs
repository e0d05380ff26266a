namespace EdgeAgent.Protocols.Dlt645;

/// <summary>The control codes for reading (2007: 7.1, 1997: 6.3): a request's lower bits, and three that say what an answer is.</summary>
/// <param name="Read">Reads a data item.</param>
/// <param name="ReadOn">Reads what did not fit in the answer before.</param>
/// <param name="ReadAddress">Asks for the address; 0 where the edition has no such request.</param>
/// <param name="IdentifierBytes">Length of a data identifier.</param>
/// <param name="NumbersFollowUps">Whether requests and answers for the rest carry a number.</param>
internal readonly record struct Dlt645Control(byte Read, byte ReadOn, byte ReadAddress, int IdentifierBytes, bool NumbersFollowUps)
{
    /// <summary>From the meter.</summary>
    public const byte Answer = 0x80;

    /// <summary>The meter refuses.</summary>
    public const byte Error = 0x40;

    /// <summary>There is more to be read.</summary>
    public const byte More = 0x20;

    public static Dlt645Control Of(Dlt645Version version) => version == Dlt645Version.V2007
        ? new Dlt645Control(0x11, 0x12, 0x13, 4, true)
        : new Dlt645Control(0x01, 0x02, 0, 2, false);
}
