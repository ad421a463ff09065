using System.Text.Json;

namespace Lading.Checking.Templates;

/// <summary>
/// Evaluates a template's conditions as far as possible without a deployment (CloudFormation template reference, "Condition
/// functions").
/// </summary>
internal sealed class TemplateConditions(JsonElement template)
{
    /// <summary>Whether a named condition holds; null if that is known only at deployment.</summary>
    public bool? Evaluate(JsonElement name, Func<JsonElement, Evaluation, Resolved> textOf, Evaluation evaluation) =>
        name.ValueKind == JsonValueKind.String ? Named(name.GetString()!, textOf, evaluation) : null;

    private bool? Named(string name, Func<JsonElement, Evaluation, Resolved> textOf, Evaluation evaluation) =>
        JsonMembers.TryGet(template, out var condition, "Conditions", name)
            ? evaluation.Step(() => Decide(condition, textOf, evaluation), null)
            : null;

    private bool? Decide(JsonElement condition, Func<JsonElement, Evaluation, Resolved> textOf, Evaluation evaluation)
    {
        if (!IntrinsicFunction.TryGetSingle(condition, out var function, out var argument))
        {
            return null;
        }

        return function switch
        {
            "Condition" => Named(argument.ToString(), textOf, evaluation),
            "Fn::Equals" when IntrinsicFunction.IsArray(argument, 2) => AreEqual(
                textOf(argument[0], evaluation).Text,
                textOf(argument[1], evaluation).Text
            ),
            "Fn::Not" when IntrinsicFunction.IsArray(argument, 1) => !Decide(argument[0], textOf, evaluation),
            "Fn::And" when argument.ValueKind == JsonValueKind.Array => All(Parts(), true),
            "Fn::Or" when argument.ValueKind == JsonValueKind.Array => All(Parts(), false),
            _ => null,
        };

        List<bool?> Parts() => [.. argument.EnumerateArray().Select(part => Decide(part, textOf, evaluation))];
    }

    /// <summary>A part with the opposite value decides; otherwise an unknown part leaves the result unknown.</summary>
    private static bool? All(List<bool?> parts, bool value) =>
        parts.Contains(!value) ? !value
        : parts.Contains(null) ? null
        : value;

    // An account or region that the stack leaves open is still a placeholder and cannot be compared.
    private static bool? AreEqual(string? left, string? right) =>
        left is null
        || right is null
        || left.Contains("${", StringComparison.Ordinal)
        || right.Contains("${", StringComparison.Ordinal)
            ? null
            : string.Equals(left, right, StringComparison.Ordinal);
}
