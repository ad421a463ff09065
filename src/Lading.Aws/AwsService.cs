namespace Lading.Aws;

/// <summary>How a service is spoken to.</summary>
/// <param name="Name">In signatures and IAM actions.</param>
/// <param name="Id">In <c>AWS_ENDPOINT_URL_…</c>, in upper case with underscores, and what people call it.</param>
/// <param name="Host">What stands before the region in its host name.</param>
/// <param name="TargetPrefix">The prefix of <c>X-Amz-Target</c> (JSON 1.1); null for the query protocol.</param>
internal sealed record AwsService(string Name, string Id, string Host, string? TargetPrefix)
{
    public static AwsService Ecr { get; } = new("ecr", "ECR", "api.ecr", "AmazonEC2ContainerRegistry_V20150921");

    public static AwsService Sts { get; } = new("sts", "STS", "sts", null);

    public string ContentType =>
        TargetPrefix is null ? "application/x-www-form-urlencoded; charset=utf-8" : "application/x-amz-json-1.1";
}
