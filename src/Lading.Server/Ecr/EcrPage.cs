using System.Buffers.Text;
using System.Text;

namespace Lading.Server.Ecr;

/// <summary>
/// The requested page of a list, with <c>maxResults</c> and <c>nextToken</c>. A token contains the key before the page, so lists may
/// change between two calls.
/// </summary>
/// <param name="Items">In the order of their keys.</param>
/// <param name="Next">The token of the next page; null for the last one.</param>
internal sealed record EcrPage<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <param name="input">The request.</param>
    /// <param name="items">All items.</param>
    /// <param name="key">The key that orders and identifies items.</param>
    /// <param name="size">The default size of a page.</param>
    /// <param name="maxSize">The maximum size of a page.</param>
    public static EcrPage<T> Of(EcrRequestBody input, IEnumerable<T> items, Func<T, string> key, int size, int maxSize)
    {
        var count = (int)(input.FindNumber("maxResults", 1, maxSize) ?? size);
        var sorted = items.OrderBy(key, StringComparer.Ordinal);
        IEnumerable<T> rest = input.FindText("nextToken") is { } token ? After(sorted, TextOf(token)) : sorted;
        var found = rest.Take(count + 1).ToList();
        var page = found.Take(count).ToList();
        return new EcrPage<T>(
            page,
            found.Count > count ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key(page[^1]))) : null
        );

        IEnumerable<T> After(IEnumerable<T> all, string last) =>
            all.SkipWhile(item => string.CompareOrdinal(key(item), last) <= 0);
    }

    private static string TextOf(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        }
        catch (FormatException)
        {
            throw EcrException.Invalid("nextToken", "must be a token that this registry gave");
        }
    }
}
