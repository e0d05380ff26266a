namespace EdgeAgent.Ui.Tests.Everywhere;

/// <summary>A page as the pages themselves declare it in a <c>routes.ts</c>.</summary>
/// <param name="Access">`open`, `state`, or roles with commas between.</param>
public sealed record PageAddress(string Name, string Path, string Access, bool InNavigation);
