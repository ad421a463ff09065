using System.Text.Json;

namespace Lading.Aws.Iam;

/// <summary>A policy of IAM or of a resource, as far as it decides about an action on a resource (IAM user guide, "Policy evaluation logic").</summary>
/// <param name="Statements">Its statements.</param>
internal sealed record PolicyDocument(IReadOnlyList<PolicyStatement> Statements)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is not a policy.</exception>
    public static PolicyDocument Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var statements = json.RootElement.GetProperty("Statement");
            // A single one may be there without a list around it.
            return new PolicyDocument(
                statements.ValueKind == JsonValueKind.Array
                    ? [.. statements.EnumerateArray().Select(PolicyStatement.Read)]
                    : [PolicyStatement.Read(statements)]
            );
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("it is not a policy", e);
        }
    }

    /// <summary>All statements of several policies, which decide together.</summary>
    public static PolicyDocument Join(IEnumerable<PolicyDocument> policies) =>
        new([.. policies.SelectMany(policy => policy.Statements)]);

    /// <summary>What it decides.</summary>
    /// <param name="action">Such as <c>ecr:BatchGetImage</c>.</param>
    /// <param name="resource">An ARN, or <c>*</c>.</param>
    /// <param name="role">The ARN of the role that asks, where policies of resources name principals; null for a policy of the role itself.</param>
    public PolicyDecision Decide(string action, string resource, string? role = null)
    {
        var fitting = Statements.Where(statement => statement.Fits(action, resource, role)).ToList();
        return fitting.Exists(each => each is { IsDeny: true, HasCondition: false }) ? PolicyDecision.Denied
            : fitting.Count == 0 ? PolicyDecision.Silent
            : fitting.TrueForAll(each => each.IsDeny) ? PolicyDecision.Restricted
            : fitting.Exists(each => each.IsDeny) || fitting.TrueForAll(each => each.HasCondition)
                ? PolicyDecision.Conditional
            : PolicyDecision.Allowed;
    }
}

/// <summary>What a policy says of an action.</summary>
internal enum PolicyDecision
{
    /// <summary>Nothing, which comes to a no.</summary>
    Silent,

    /// <summary>Nothing; or no, by a condition that is not evaluated here.</summary>
    Restricted,

    /// <summary>Yes, or no, by a condition that is not evaluated here.</summary>
    Conditional,

    /// <summary>Yes.</summary>
    Allowed,

    /// <summary>No, whatever else says yes.</summary>
    Denied,
}
