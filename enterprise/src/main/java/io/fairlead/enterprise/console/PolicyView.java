package io.fairlead.enterprise.console;

import io.fairlead.enterprise.roster.ReportedPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the sites' files say, site by site. */
public record PolicyView(List<ReportedPolicy> policies) {
    private static final Map<String, String> ACTIONS = new LinkedHashMap<>();

    static {
        ACTIONS.put("collect", "Collect");
        ACTIONS.put("set", "Set");
        ACTIONS.put("diagnose", "Diagnose");
        ACTIONS.put("restart", "Restart");
        ACTIONS.put("upload", "Send file");
        ACTIONS.put("package", "Send package");
        ACTIONS.put("receive", "Place file");
        ACTIONS.put("session", "Remote session");
    }

    /** The devices of one site. */
    public record Site(String customer, String name, List<ReportedPolicy> policies) {}

    public List<Site> sites() {
        Map<List<String>, List<ReportedPolicy>> sites = new LinkedHashMap<>();
        policies.forEach(each -> sites.computeIfAbsent(List.of(each.customer(), each.site()), none -> new ArrayList<>())
                .add(each));
        return sites.entrySet().stream()
                .map(each -> new Site(each.getKey().get(0), each.getKey().get(1), each.getValue()))
                .toList();
    }

    /** The actions that a policy is about, with what they are for people. */
    public Map<String, String> actions() {
        return ACTIONS;
    }

    /** The first digits of the file's hash. */
    public String hash(ReportedPolicy policy) {
        String hash = policy.fact("sha256");
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
