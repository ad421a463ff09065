namespace Lading.Running.Evidence;

/// <summary>The short names at the end of ARNs.</summary>
internal static class ArnName
{
    /// <summary>The part after the last slash, or the whole text if it is not an ARN.</summary>
    public static string Of(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    /// <summary>The family of a task definition: <c>web</c> of <c>…:task-definition/web:7</c>.</summary>
    public static string FamilyOf(string taskDefinition)
    {
        var name = Of(taskDefinition);
        var colon = name.LastIndexOf(':');
        return colon < 0 ? name : name[..colon];
    }

    /// <summary>The name in a stack's ARN: <c>Shop</c> of <c>…:stack/Shop/0a1b…</c>; null if the text is not one.</summary>
    public static string? StackOf(string stack) =>
        stack.Split('/') is [var start, var name, ..] && start.EndsWith(":stack", StringComparison.Ordinal)
            ? name
            : null;

    /// <summary>The account in an ARN: 12 digits; empty if it has none.</summary>
    public static string AccountOf(string arn) =>
        Arn.TryParse(arn, out var parsed) && AccountId.Is(parsed.Account) ? parsed.Account : "";

    /// <summary>The ARN of the cluster in a service's ARN; null for the short form of ARNs, which has none.</summary>
    public static string? ClusterOf(string service)
    {
        var parts = service.Split('/');
        return parts.Length == 3 && parts[0].EndsWith(":service", StringComparison.Ordinal)
            ? $"{parts[0][..^"service".Length]}cluster/{parts[1]}"
            : null;
    }
}
