namespace EdgeAgent.Assessment.Ledger;

/// <summary>What a person answered to one of the questionnaire's items, with what proves it.</summary>
/// <param name="Item">Number in the questionnaire.</param>
/// <param name="Options">Keys of the chosen options, as the rule pack names them.</param>
/// <param name="Numbers">Figures that the item asks for, by the rule pack's keys.</param>
/// <param name="Evidence">Entries of the evidence index; an answer that brings points needs one at least.</param>
public sealed record TypedAnswer(
    int Item,
    IReadOnlyList<string> Options,
    IReadOnlyDictionary<string, decimal> Numbers,
    IReadOnlyList<EvidenceReference> Evidence,
    string Note = "");
