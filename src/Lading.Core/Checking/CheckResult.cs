namespace Lading.Checking;

/// <summary>An image with what was found of it.</summary>
/// <param name="Image">What was checked.</param>
/// <param name="Evidence">What its registry said.</param>
/// <param name="Findings">At least one.</param>
internal sealed record CheckResult(CheckedImage Image, ImageEvidence Evidence, IReadOnlyList<Finding> Findings)
{
    public bool Holds => Findings.All(finding => finding.Holds);
}
