namespace Lading.Aws.Ecr;

/// <summary>A login of ECR's registry.</summary>
/// <param name="User">Always <c>AWS</c>.</param>
/// <param name="Password">The token.</param>
/// <param name="Endpoint">Where the registry is.</param>
internal sealed record EcrLogin(string User, string Password, Uri Endpoint)
{
    /// <summary>Says nothing of itself: it may come into a message.</summary>
    public override string ToString() => "ECR login";
}
