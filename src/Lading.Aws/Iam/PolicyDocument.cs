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

    /// <summary>What it decides.</summary>
    /// <param name="action">Such as <c>ecr:BatchGetImage</c>.</param>
    /// <param name="resource">An ARN, or <c>*</c>.</param>
    /// <param name="role">The ARN of the role that asks, where policies of resources name principals; null for a policy of the role itself.</param>
    public PolicyDecision Decide(string action, string resource, string? role = null)
    {
        var fitting = Statements.Where(statement => statement.Fits(action, resource, role)).ToList();
        return fitting.Exists(each => each is { IsDeny: true, HasCondition: false }) ? PolicyDecision.Denied
            : fitting.Exists(each => each is { IsDeny: false, HasCondition: false }) ? PolicyDecision.Allowed
            : fitting.Exists(each => !each.IsDeny) ? PolicyDecision.Conditional
            : PolicyDecision.Silent;
    }

    /// <summary>What several policies decide together.</summary>
    public static PolicyDecision Join(IEnumerable<PolicyDecision> decisions)
    {
        var all = decisions.ToHashSet();
        return all.Contains(PolicyDecision.Denied) ? PolicyDecision.Denied
            : all.Contains(PolicyDecision.Allowed) ? PolicyDecision.Allowed
            : all.Contains(PolicyDecision.Conditional) ? PolicyDecision.Conditional
            : PolicyDecision.Silent;
    }
}

/// <summary>What a policy says of an action.</summary>
internal enum PolicyDecision
{
    /// <summary>Nothing, which comes to a no.</summary>
    Silent,

    /// <summary>Yes, under a condition that is not evaluated here.</summary>
    Conditional,

    /// <summary>Yes.</summary>
    Allowed,

    /// <summary>No, whatever else says yes.</summary>
    Denied,
}
