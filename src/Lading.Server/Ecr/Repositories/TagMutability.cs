using System.Text.Json;
using System.Text.RegularExpressions;
using Lading.Oci;

namespace Lading.Server.Ecr.Repositories;

/// <summary>Tag mutability in requests and responses.</summary>
internal static partial class TagMutability
{
    private const string Rule = "imageTagMutability";
    private const string Filters = "imageTagMutabilityExclusionFilters";

    /// <exception cref="EcrException">The rule and its exceptions contradict each other.</exception>
    public static RepositorySettings Read(EcrRequestBody input)
    {
        var rule = input.FindChoice(Rule, "MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION");
        var filters = (input.FindObjects(Filters, 1, 5) ?? []).Select(FilterOf).ToList();
        if ((rule?.EndsWith("_WITH_EXCLUSION", StringComparison.Ordinal) ?? false) != (filters.Count > 0))
        {
            throw EcrException.Invalid(
                Filters,
                "must be given with IMMUTABLE_WITH_EXCLUSION and MUTABLE_WITH_EXCLUSION, and with these alone"
            );
        }

        var isMutable = rule is null or "MUTABLE" or "MUTABLE_WITH_EXCLUSION";
        return new RepositorySettings(isMutable, filters);
    }

    public static void Write(Utf8JsonWriter json, RepositorySettings settings)
    {
        var rule = settings.TagsAreMutable ? "MUTABLE" : "IMMUTABLE";
        json.WriteString(Rule, settings.Exceptions.Count == 0 ? rule : rule + "_WITH_EXCLUSION");
        if (settings.Exceptions.Count > 0)
        {
            json.WriteList(
                Filters,
                settings.Exceptions,
                filter =>
                {
                    json.WriteStartObject();
                    json.WriteString("filterType", "WILDCARD");
                    json.WriteString("filter", filter);
                    json.WriteEndObject();
                }
            );
        }
    }

    private static string FilterOf(EcrRequestBody input)
    {
        _ = input.FindChoice("filterType", "WILDCARD") ?? throw input.Missing("filterType");
        var filter = input.Text("filter", 1, 128);
        return Pattern().IsMatch(filter) && filter.Count(character => character == '*') <= 2
            ? filter
            : throw EcrException.Invalid(
                $"{Filters}.filter",
                "must satisfy regular expression '^[0-9a-zA-Z._*-]{1,128}$', with at most 2 wildcards"
            );
    }

    [GeneratedRegex(@"^[0-9a-zA-Z._*-]{1,128}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
