namespace EdgeAgent.Assessment.Challenge;

/// <summary>Who asks for a live challenge, as the program itself knows it.</summary>
/// <param name="Who">A person's name, or the name of a token.</param>
/// <param name="Role">The role by which he was let in, for instance <c>assessor</c> or <c>admin</c>; <c>operator</c> for whoever works on the hub's own machine.</param>
/// <param name="Via">How he proved it: <c>login</c>, <c>token</c>, or <c>command</c>, which proves nothing.</param>
public sealed record ChallengeAsker(string Who, string Role, string Via)
{
    /// <summary>The one role whose challenge is an assessor's.</summary>
    public const string Assessor = "assessor";

    /// <summary>Whoever runs a verb on the hub's machine: whatever name he gives, nothing shows that he is an assessor.</summary>
    public static ChallengeAsker AtTheMachine(string who) => new(who, "operator", "command");

    /// <summary>Whether his challenge is an assessor's; anybody else tests himself.</summary>
    public bool IsAssessor => Role == Assessor;
}
