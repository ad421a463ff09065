namespace Lading.Running.Evidence;

/// <summary>The short names at the end of ARNs.</summary>
internal static class ArnName
{
    /// <summary>What follows the last slash, or all of a text that is not an ARN.</summary>
    public static string Of(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    /// <summary>The family of a task definition: <c>web</c> of <c>…:task-definition/web:7</c>.</summary>
    public static string FamilyOf(string taskDefinition)
    {
        var name = Of(taskDefinition);
        var colon = name.LastIndexOf(':');
        return colon < 0 ? name : name[..colon];
    }

    /// <summary>The name in a stack's ARN: <c>Shop</c> of <c>…:stack/Shop/0a1b…</c>; null if it is none.</summary>
    public static string? StackOf(string stack) =>
        stack.Split('/') is [var start, var name, ..] && start.EndsWith(":stack", StringComparison.Ordinal)
            ? name
            : null;

    /// <summary>The account that an ARN names: 12 digits; empty if it names none.</summary>
    public static string AccountOf(string arn) =>
        arn.Split(':') is ["arn", _, _, _, var account, ..] && account.Length == 12 && account.All(char.IsAsciiDigit)
            ? account
            : "";

    /// <summary>The ARN of the cluster that a service's ARN names; null for the short form of ARNs, which names none.</summary>
    public static string? ClusterOf(string service)
    {
        var parts = service.Split('/');
        return parts.Length == 3 && parts[0].EndsWith(":service", StringComparison.Ordinal)
            ? $"{parts[0][..^"service".Length]}cluster/{parts[1]}"
            : null;
    }
}
