namespace Lading;

/// <summary>An Amazon Resource Name (IAM user guide, "Amazon Resource Names").</summary>
/// <param name="Partition"><c>aws</c>, <c>aws-cn</c>, ….</param>
/// <param name="Service">As in <c>ecr</c>.</param>
/// <param name="Region">Empty for services without regions.</param>
/// <param name="Account">12 digits, or empty.</param>
/// <param name="Resource">The rest, in the service's own format.</param>
internal readonly record struct Arn(string Partition, string Service, string Region, string Account, string Resource)
{
    /// <summary>Reads an ARN; false for any other text.</summary>
    public static bool TryParse(string text, out Arn arn)
    {
        var parts = text.Split(':', 6);
        arn = parts is ["arn", var partition, var service, var region, var account, var resource]
            ? new Arn(partition, service, region, account, resource)
            : default;
        return arn.Resource is not null;
    }

    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{Account}:{Resource}";
}
