namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>Who sits in front of the page.</summary>
public enum UiRole
{
    Nobody,
    Viewer,
    Assessor,
    Engineer,
    Admin,
}
