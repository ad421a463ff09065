using System.Globalization;

namespace Lading.Server.Distribution;

/// <summary>The requested page of a sorted list of names, with <c>n</c> and <c>last</c> (distribution-spec 1.1, "Listing Tags").</summary>
/// <param name="Names">In byte order.</param>
/// <param name="Next">The query of the next page; null for the last one.</param>
internal sealed record NamePage(IReadOnlyList<string> Names, string? Next)
{
    /// <exception cref="DistributionException"><c>n</c> is not a number.</exception>
    public static NamePage Of(RegistryContext context, IEnumerable<string> names)
    {
        if (context.Query("last") is { } last)
        {
            names = names.Where(name => string.CompareOrdinal(name, last) > 0);
        }

        if (CountOf(context) is not { } count)
        {
            return new NamePage([.. names], null);
        }

        var rest = names.ToList();
        var page = rest.Take(count).ToList();
        return new NamePage(
            page,
            page.Count > 0 && page.Count < rest.Count ? $"?n={count}&last={Uri.EscapeDataString(page[^1])}" : null
        );
    }

    /// <summary>The requested size; null if there is none.</summary>
    /// <exception cref="DistributionException"><c>n</c> is not a number.</exception>
    public static int? CountOf(RegistryContext context)
    {
        if (context.Query("n") is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new DistributionException(400, "PAGINATION_NUMBER_INVALID", "n is not a number", text);
    }

    /// <summary>Adds the link to the next page (RFC 5988).</summary>
    public void Link(RegistryContext context)
    {
        if (Next is not null)
        {
            context.Response.Headers.Link = $"<{context.Request.Path}{Next}>; rel=\"next\"";
        }
    }
}
