namespace Lading.Testing.Cloud;

/// <summary>An AWS call that went through a <see cref="TestCloud"/>.</summary>
/// <param name="Service">As signatures name it: <c>ecr</c>, <c>sts</c>.</param>
/// <param name="Operation">As policies name it; for S3, the HTTP method.</param>
/// <param name="Account">The account of the credentials; empty if they are missing or unknown.</param>
/// <param name="IsLadings">Whether Lading made the call, rather than the CDK.</param>
/// <param name="IsByRole">Whether it was made with a role that was assumed here.</param>
internal sealed record AwsCall(string Service, string Operation, string Account, bool IsLadings, bool IsByRole)
{
    /// <summary>As policies write it: <c>ecr:PutImage</c>.</summary>
    public string Action => $"{Service}:{Operation}";
}
