using System.Text.Json;
using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>
/// The outside principals that may pull from a repository, by its policy and its registry's (Amazon ECR user guide,
/// "Private repository policies", "Private registry permissions").
/// </summary>
/// <param name="Accounts">Accounts other than the repository's: 12 digits.</param>
/// <param name="Others">Descriptions of other principals: <c>organization o-1a2b</c>, <c>anyone</c>.</param>
internal sealed record OutsideReaders(IReadOnlyList<string> Accounts, IReadOnlyList<string> Others)
{
    private static readonly string[] Pulls = ["ecr:batchgetimage", "ecr:getdownloadurlforlayer"];

    public static OutsideReaders None { get; } = new([], []);

    /// <summary>
    /// Parses a repository's policy, or its registry's. What cannot be interpreted counts as access for anyone.
    /// </summary>
    /// <param name="policy">Its text; empty for none.</param>
    /// <param name="owner">The account of the repository.</param>
    /// <param name="repository">The repository that the resources of statements must match; null for a repository's own policy.</param>
    public static OutsideReaders Of(string policy, string owner, RepositoryName? repository = null)
    {
        if (policy.Length == 0)
        {
            return None;
        }

        var accounts = new SortedSet<string>(StringComparer.Ordinal);
        var others = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(policy);
            foreach (var statement in ItemsOf(document.RootElement, "Statement"))
            {
                if (
                    statement.FindText("Effect") == "Allow"
                    && CanPull(statement)
                    && (repository is not { } name || IsAbout(statement, name))
                )
                {
                    Add(statement, accounts, others);
                }
            }
        }
        catch (JsonException)
        {
            others.Add("principals of a policy that is not understood");
        }

        accounts.Remove(owner);
        return new OutsideReaders([.. accounts], [.. others]);
    }

    /// <summary>The union of two policies' readers.</summary>
    public OutsideReaders With(OutsideReaders other) =>
        new(
            [.. Accounts.Union(other.Accounts, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. Others.Union(other.Others, StringComparer.Ordinal).Order(StringComparer.Ordinal)]
        );

    /// <summary>Whether a statement of a registry's policy covers a repository.</summary>
    private static bool IsAbout(JsonElement statement, RepositoryName repository)
    {
        const string Repositories = ":repository/";
        return !JsonMembers.TryGet(statement, out var resources, "Resource")
            || JsonMembers
                .TextsOf(resources)
                .Any(resource =>
                    resource.IndexOf(Repositories, StringComparison.Ordinal) is var at
                    && (at < 0 || Matches(resource[(at + Repositories.Length)..], repository.Value))
                );
    }

    private static void Add(JsonElement statement, SortedSet<string> accounts, SortedSet<string> others)
    {
        var conditions = ConditionsOf(statement)
            .ToLookup(each => each.Key, each => each.Value, StringComparer.OrdinalIgnoreCase);
        if (!JsonMembers.TryGet(statement, out var principal, "Principal"))
        {
            others.Add("anyone but some");
            return;
        }

        if (principal.ValueKind == JsonValueKind.String)
        {
            AddAnyone(conditions, accounts, others);
            return;
        }

        foreach (var member in JsonMembers.MembersOf(principal))
        {
            foreach (var name in JsonMembers.TextsOf(member.Value))
            {
                if (member.Name == "Service")
                {
                    AddBehindService(name, conditions, accounts, others);
                }
                else if (AccountOf(name) is { } account)
                {
                    accounts.Add(account);
                }
                else if (name == "*")
                {
                    AddAnyone(conditions, accounts, others);
                }
                else if (!IsDeletedPrincipal(name))
                {
                    others.Add(name);
                }
            }
        }
    }

    /// <summary>Anyone, unless a condition names the organization or account.</summary>
    private static void AddAnyone(
        ILookup<string, string> conditions,
        SortedSet<string> accounts,
        SortedSet<string> others
    )
    {
        var named = conditions["aws:PrincipalAccount"].Concat(conditions["aws:SourceAccount"]).ToList();
        var organizations = conditions["aws:PrincipalOrgID"]
            .Concat(conditions["aws:PrincipalOrgPaths"].Select(path => path.Split('/')[0]))
            .ToList();
        if (named.Count > 0 && named.TrueForAll(AccountId.Is))
        {
            accounts.UnionWith(named);
        }
        else if (organizations.Count > 0)
        {
            others.UnionWith(organizations.Select(id => $"organization {id}"));
        }
        else
        {
            others.Add("anyone");
        }
    }

    /// <summary>A service pulls for the account in a condition, otherwise for the repository's own.</summary>
    private static void AddBehindService(
        string service,
        ILookup<string, string> conditions,
        SortedSet<string> accounts,
        SortedSet<string> others
    )
    {
        foreach (var named in conditions["aws:SourceArn"].Concat(conditions["aws:SourceAccount"]))
        {
            if (AccountOf(named) is { } account)
            {
                accounts.Add(account);
            }
            else
            {
                others.Add($"{service} for {named}");
            }
        }

        others.UnionWith(conditions["aws:SourceOrgID"].Select(id => $"organization {id}"));
    }

    private static bool CanPull(JsonElement statement)
    {
        if (!JsonMembers.TryGet(statement, out var actions, "Action"))
        {
            return true;
        }

        return JsonMembers.TextsOf(actions).Any(action => Pulls.Any(pull => Matches(action.ToLowerInvariant(), pull)));
    }

    /// <summary>Wildcards of IAM: <c>*</c> for any text, <c>?</c> for one character.</summary>
    private static bool Matches(string pattern, string text) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);

    private static IEnumerable<KeyValuePair<string, string>> ConditionsOf(JsonElement statement) =>
        JsonMembers.TryGet(statement, out var conditions, "Condition")
            ? from test in JsonMembers.MembersOf(conditions)
            where !test.Name.Contains("Not", StringComparison.Ordinal)
            where !test.Name.EndsWith("IfExists", StringComparison.Ordinal)
            from key in JsonMembers.MembersOf(test.Value)
            from value in JsonMembers.TextsOf(key.Value)
            select KeyValuePair.Create(key.Name, value)
            : [];

    private static string? AccountOf(string name) =>
        AccountId.Is(name) ? name
        : ArnName.AccountOf(name) is { Length: > 0 } account ? account
        : null;

    /// <summary>IAM shows the id of a deleted user or role (IAM user guide, "Unique identifiers").</summary>
    private static bool IsDeletedPrincipal(string name) =>
        name.StartsWith("AIDA", StringComparison.Ordinal) || name.StartsWith("AROA", StringComparison.Ordinal);

    private static IEnumerable<JsonElement> ItemsOf(JsonElement element, string member) =>
        !JsonMembers.TryGet(element, out var found, member) ? []
        : found.ValueKind == JsonValueKind.Array ? found.EnumerateArray()
        : [found];
}
