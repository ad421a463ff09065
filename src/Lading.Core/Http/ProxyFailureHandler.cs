using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Lading.Http;

/// <summary>Distinguishes failures of a proxy from failures of the server behind it.</summary>
internal sealed partial class ProxyFailureHandler(ProxyResolver proxies, HttpMessageHandler next)
    : DelegatingHandler(next)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var proxy = proxies.Find(request.RequestUri!);
        if (proxy is null)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.ProxyAuthenticationRequired)
            {
                return response;
            }

            response.Dispose();
            throw new ProxyFailureException(proxy, Answered(response.StatusCode), response.StatusCode);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ProxyTunnelError)
        {
            var status = e.StatusCode ?? StatusIn(e.Message);
            throw new ProxyFailureException(
                proxy,
                status is { } answered ? Answered(answered) : "made no tunnel",
                status,
                e
            );
        }
        catch (HttpRequestException e)
            when (e is not ProxyFailureException
                && e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            )
        {
            var why = (e.InnerException as SocketException ?? (Exception)e).Message.TrimEnd('.');
            throw new ProxyFailureException(proxy, $"cannot be reached: {why}", null, e);
        }
        catch (OperationCanceledException e)
            when (e.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            throw new ProxyFailureException(proxy, "cannot be reached: no connection was made in time", null, e);
        }
    }

    private static string Answered(HttpStatusCode status) => $"answered {(int)status} {status}";

    /// <summary>.NET has the status of a refused tunnel only in its message.</summary>
    private static HttpStatusCode? StatusIn(string message) =>
        Status().Match(message) is { Success: true } match
            ? (HttpStatusCode)int.Parse(match.Groups["status"].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex("'(?<status>[1-5][0-9]{2})'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Status();
}

/// <summary>The proxy failed, rather than the server behind it.</summary>
internal sealed class ProxyFailureException(
    ProxyServer proxy,
    string what,
    HttpStatusCode? status = null,
    Exception? inner = null
) : HttpRequestException($"the proxy {proxy} {what}", inner, status)
{
    /// <summary>Whether a retry may succeed: a refusal is final.</summary>
    public bool IsPassing => StatusCode is null or HttpStatusCode.TooManyRequests || (int)StatusCode >= 500;

    /// <summary>What to do, as a sentence.</summary>
    public string Remedy =>
        StatusCode == HttpStatusCode.ProxyAuthenticationRequired
            ? $"Give the proxy a login in {proxy.Origin} (http://user:password@host:port), or name hosts that need no proxy in NO_PROXY."
            : $"Make sure that {proxy.Origin} names the right proxy and that it is up. Name hosts that need no proxy in NO_PROXY. '{DoctorCheck.Command(DoctorCheck.Proxies)}' looks at both.";
}
