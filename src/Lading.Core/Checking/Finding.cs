namespace Lading.Checking;

/// <summary>One thing that a check found of an image.</summary>
/// <param name="Verdict">The word for it.</param>
/// <param name="Reason">Why, and what to do about it.</param>
internal sealed record Finding(CheckVerdict Verdict, string Reason)
{
    /// <summary>True if <c>lading.json</c> accepts it.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Whether the deployment may go on.</summary>
    public bool Holds => IsAccepted || Verdict is CheckVerdict.Ok or CheckVerdict.Held or CheckVerdict.Asset;
}
