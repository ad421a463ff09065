using System.Text.Json;

namespace Lading.Server.Ecr.Lifecycle;

/// <summary>Parses the text of a lifecycle policy, as strictly as ECR does.</summary>
internal static class LifecycleText
{
    public const string Parameter = "lifecyclePolicyText";
    private const int MaxWildcards = 4;

    /// <summary>The text in a request; null if there is none.</summary>
    /// <exception cref="EcrException">It is not a policy.</exception>
    public static string? Find(EcrRequestBody input)
    {
        var text = input.FindText(Parameter, 100, 30720);
        if (text is not null)
        {
            Parse(text);
        }

        return text;
    }

    /// <exception cref="EcrException">It is not a policy.</exception>
    public static LifecyclePolicy Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Wrong("it is not an object");
            }

            var rules =
                new EcrRequestBody(document.RootElement).FindObjects("rules", 1, 50) ?? throw Wrong("it has no rules");
            return Checked([.. rules.Select(RuleOf).OrderBy(rule => rule.Priority)]);
        }
        catch (JsonException e)
        {
            throw Wrong(JsonFault.Of(e));
        }
        catch (EcrException e) when (!e.Message.Contains("Lifecycle policy", StringComparison.Ordinal))
        {
            throw Wrong(e.Message);
        }
    }

    private static LifecycleRule RuleOf(EcrRequestBody input)
    {
        var selection = input.Object("selection");
        var action = input.Object("action");
        var tagStatus = Required(selection, "tagStatus", "tagged", "untagged", "any");
        var count = Required(
            selection,
            "countType",
            "imageCountMoreThan",
            "sinceImagePushed",
            "sinceImagePulled",
            "sinceImageTransitioned"
        );
        var unit = selection.FindChoice("countUnit", "days");
        if ((count == "imageCountMoreThan") != unit is null)
        {
            throw Wrong("countUnit goes with every countType but imageCountMoreThan");
        }

        var transitions = Required(action, "type", "expire", "transition") == "transition";
        if ((action.FindChoice("targetStorageClass", "archive") is not null) != transitions)
        {
            throw Wrong("targetStorageClass goes with the action transition");
        }

        var archived = selection.FindChoice("storageClass", "standard", "archive") == "archive";
        if ((archived && transitions) || (count == "sinceImageTransitioned" && !archived))
        {
            throw Wrong("the storageClass does not go with the action or the countType");
        }

        return new LifecycleRule(
            (int)(input.FindNumber("rulePriority", 1, int.MaxValue) ?? throw input.Missing("rulePriority")),
            tagStatus,
            PatternsOf(selection, tagStatus),
            archived,
            Enum.Parse<LifecycleCount>(count, ignoreCase: true),
            (int)(selection.FindNumber("countNumber", 1, 100_000) ?? throw selection.Missing("countNumber")),
            transitions
        );
    }

    private static IReadOnlyList<string> PatternsOf(EcrRequestBody selection, string tagStatus)
    {
        var patterns = selection.FindTexts("tagPatternList", 1);
        var prefixes = selection.FindTexts("tagPrefixList", 1);
        var isGiven = (patterns is not null) ^ (prefixes is not null);
        if (isGiven != (tagStatus == "tagged") || (patterns is not null && prefixes is not null))
        {
            throw Wrong("tagged images need one of tagPatternList and tagPrefixList, others neither");
        }

        if (patterns?.Any(pattern => pattern.Count(character => character == '*') > MaxWildcards) == true)
        {
            throw Wrong($"a tag pattern has at most {MaxWildcards} wildcards");
        }

        return patterns ?? prefixes?.Select(prefix => prefix + "*").ToList() ?? [];
    }

    private static LifecyclePolicy Checked(IReadOnlyList<LifecycleRule> rules)
    {
        if (rules.Select(rule => rule.Priority).Distinct().Count() < rules.Count)
        {
            throw Wrong("two rules have the same rulePriority");
        }

        if (rules.SkipLast(1).Any(rule => rule.TagStatus == "any" && rules[^1].TagStatus != "any"))
        {
            throw Wrong("a rule with tagStatus any must have the highest rulePriority");
        }

        return rules
            .Where(rule => rule.TagStatus == "untagged")
            .CountBy(rule => rule.Archived)
            .Any(rule => rule.Value > 1)
            ? throw Wrong("only one rule for each storage class may select untagged images")
            : new LifecyclePolicy(rules);
    }

    private static string Required(EcrRequestBody input, string name, params ReadOnlySpan<string> choices) =>
        input.FindChoice(name, choices) ?? throw input.Missing(name);

    private static EcrException Wrong(string reason) =>
        EcrException.Invalid("LifecyclePolicyText", $"Lifecycle policy validation failure: {reason}");
}
