using System.Collections.Immutable;

namespace Lading.Registry.Transport;

/// <summary>
/// The scope of a token: pairs of a resource and an action, <c>repository:storefront/web</c> and <c>pull</c> (distribution token
/// specification, "Token Scope").
/// </summary>
internal sealed class ScopeSet
{
    private readonly ImmutableSortedSet<(string Resource, string Action)> pairs;

    private ScopeSet(ImmutableSortedSet<(string Resource, string Action)> pairs) => this.pairs = pairs;

    /// <summary>No specific scope.</summary>
    public static ScopeSet Empty { get; } = new([]);

    /// <summary>Reading, or reading and writing, of some repositories.</summary>
    public static ScopeSet Of(params IReadOnlyList<RegistryScope> scopes) =>
        scopes.Aggregate(Empty, (set, scope) => set.Union(Parse(scope.ToString())));

    /// <summary>Parses <c>repository:a:pull,push repository:b:pull</c>; invalid parts are left out.</summary>
    public static ScopeSet Parse(string? text)
    {
        var pairs = ImmutableSortedSet.CreateBuilder<(string, string)>();
        foreach (var scope in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // A resource may have a port in its name, so the last colon counts.
            var colon = scope.LastIndexOf(':');
            if (colon > 0)
            {
                foreach (var action in scope[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries))
                {
                    pairs.Add((scope[..colon], action));
                }
            }
        }

        return new ScopeSet(pairs.ToImmutable());
    }

    public ScopeSet Union(ScopeSet other) => new(pairs.Union(other.pairs));

    /// <summary>Whether it includes the other.</summary>
    public bool Covers(ScopeSet other) => pairs.IsSupersetOf(other.pairs);

    /// <summary>One text for each resource: <c>repository:a:pull,push</c>.</summary>
    public IReadOnlyList<string> Items =>
        [
            .. pairs
                .GroupBy(pair => pair.Resource, StringComparer.Ordinal)
                .Select(group => $"{group.Key}:{string.Join(',', group.Select(pair => pair.Action))}"),
        ];

    public override string ToString() => string.Join(' ', Items);
}
