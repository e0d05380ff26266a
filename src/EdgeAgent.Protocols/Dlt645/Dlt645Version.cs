namespace EdgeAgent.Protocols.Dlt645;

/// <summary>The edition of DL/T 645 that a meter speaks.</summary>
public enum Dlt645Version : byte
{
    /// <summary>DL/T 645-2007: data identifiers of 4 bytes.</summary>
    V2007,

    /// <summary>DL/T 645-1997: data identifiers of 2 bytes, other control codes.</summary>
    V1997,
}
