namespace Lading.Testing.Cloud;

/// <summary>A call of AWS that went through a <see cref="TestCloud"/>.</summary>
/// <param name="Service">As signatures name it: <c>ecr</c>, <c>sts</c>.</param>
/// <param name="Operation">As policies name it; of S3 the method.</param>
/// <param name="Account">The account of the credentials; empty if nobody signed.</param>
/// <param name="IsLadings">Whether the tool itself made it, and not the CDK.</param>
/// <param name="IsByRole">Whether it was made through a role that somebody took on here.</param>
internal sealed record AwsCall(string Service, string Operation, string Account, bool IsLadings, bool IsByRole)
{
    /// <summary>As policies have it: <c>ecr:PutImage</c>.</summary>
    public string Action => $"{Service}:{Operation}";
}
